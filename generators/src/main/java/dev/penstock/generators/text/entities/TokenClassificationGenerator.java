package dev.penstock.generators.text.entities;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.TokenSpans;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds what a text names: the prompt's words go in, JSON comes out, as [EntitiesJson] says. A text of any length up to
/// [#MOST_WINDOWS] windows; of a conversation the user's last message.
///
/// The parameter `threshold` (0 to 1) leaves out entities with a lower score. Seed and variant change nothing. The result has
/// the scores `entities` (how many) and, if there are any, `meanScore` and `lowestScore`; usage counts the text's tokens.
public final class TokenClassificationGenerator implements Generator<PreparedText, LabelledTokens> {

  /// Texts that are labelled together.
  public static final int SLOTS = 8;

  static final int MOST_WINDOWS = 128;

  /// Attention of twelve heads, as BERT's base has them, from one token to one other.
  private static final long BYTES_PER_PAIR = 48;
  private static final long BYTES_PER_TOKEN = 12_000;

  private final TokenClassificationSection section;
  private final Tokenizer tokenizer;
  private final int room;
  private final TokenGraph graph;
  private final TokenStepper stepper;
  private final EntityReader reader;

  private TokenClassificationGenerator(TokenClassificationSection section, Tokenizer tokenizer, TokenGraph graph) {
    this.section = section;
    this.tokenizer = tokenizer;
    TokenSpans nothing = tokenizer.spans("");
    this.room = section.maxTokens() - nothing.before().length - nothing.after().length;
    this.graph = graph;
    this.stepper = new TokenStepper(graph, section.labels().size());
    this.reader = new EntityReader(section.labels(), section.wholeWords());
  }

  /// Loads the tokenizer and the graph and tries it out.
  ///
  /// @throws InvalidModelException if the folder holds another family, or a file cannot be used as the manifest says
  public static TokenClassificationGenerator open(ModelFolder folder) {
    TokenClassificationSection section = folder.manifest().tokenClassification();
    OnnxSession session = null;
    Tokenizer tokenizer = null;
    try {
      tokenizer = Tokenizer.open(folder.file(section.tokenizer()));
      session = OnnxSession.open(folder.file(section.graph()));
      return new TokenClassificationGenerator(section, tokenizer, new TokenGraph(section, session, SLOTS));
    } catch (IOException | RuntimeException e) {
      if (session != null) session.close();
      if (tokenizer != null) tokenizer.close();
      if (e instanceof RuntimeException other && !(e instanceof InferenceException)) throw other;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /// What a run of all slots takes beside the weights, about.
  public static long batchBytes(TokenClassificationSection section) {
    return SLOTS * section.maxTokens() * (BYTES_PER_PAIR * section.maxTokens() + BYTES_PER_TOKEN);
  }

  @Override
  public PreparedText prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED",
          "The prompt asks for " + request.candidates() + " candidates; a text has one list of entities, so ask for 1.");
    String text = request.input().brief();
    TokenSpans tokens = tokenizer.spans(text);
    List<Window> windows = Window.cut(tokens.count(), room);
    if (windows.size() > MOST_WINDOWS)
      throw new Rejected(
          "TEXT_TOO_LONG",
          "The text has " + tokens.count() + " tokens, which take " + windows.size() + " windows of " + section.maxTokens()
              + "; at most " + MOST_WINDOWS + " are allowed.");
    return new PreparedText(text, tokens, windows);
  }

  @Override
  public Stepper<PreparedText, LabelledTokens> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedText prepared, LabelledTokens draft) {
    double threshold = (double) request.parameters().getOrDefault("threshold", 0.0);
    List<Entity> entities =
        reader.read(prepared.text(), prepared.tokens(), draft).stream()
            .filter(entity -> entity.score() >= threshold)
            .toList();
    return new GenerationResult(
        EntitiesJson.write(entities),
        EntitiesJson.MEDIA_TYPE,
        List.of(),
        scores(entities),
        new Usage(prepared.tokens().count(), 0, 0, 0),
        FinishReason.STOP,
        Timings.NONE);
  }

  private static Map<String, Double> scores(List<Entity> entities) {
    Map<String, Double> scores = new HashMap<>(Map.of("entities", (double) entities.size()));
    entities.stream().mapToDouble(Entity::score).average().ifPresent(mean -> scores.put("meanScore", mean));
    entities.stream().mapToDouble(Entity::score).min().ifPresent(least -> scores.put("lowestScore", least));
    return scores;
  }

  /// Whether every row runs alone, because this machine's kernels are not batch-invariant with this graph.
  boolean runsAlone() {
    return graph.runsAlone();
  }

  @Override
  public void close() {
    graph.close();
    tokenizer.close();
  }
}
