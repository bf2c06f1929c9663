package dev.penstock.generators.text;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.Alternate;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.TokenLogProbability;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.PrepackedCache;
import dev.penstock.generators.onnx.folding.FoldedOffsets;
import dev.penstock.generators.text.BestOf.Candidate;
import dev.penstock.generators.text.BestOf.Ranked;
import dev.penstock.generators.text.constraint.Constraint;
import dev.penstock.generators.text.constraint.ConstraintCompiler;
import dev.penstock.generators.text.decoding.AnswerWatch;
import dev.penstock.generators.text.decoding.GraphShape;
import dev.penstock.generators.text.decoding.LanguageModelStepper;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.decoding.TextDraft.Answer;
import dev.penstock.generators.text.sampling.LogitBias;
import dev.penstock.generators.text.sampling.SamplingSettings;
import dev.penstock.generators.text.stop.StopStrings;
import dev.penstock.generators.text.template.ChatTemplate;
import dev.penstock.generators.text.template.syntax.TemplateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A language model that writes text. A request's candidates share one reading of the prompt and draw from streams of
/// their own; [BestOf] chooses among them, the others become alternates.
///
/// Parameters (the model's manifest says which it has, with ranges and defaults): `temperature`, `topP`, `topK`,
/// `minP`, `repetitionPenalty`, `frequencyPenalty`, `presencePenalty`, `logProbabilities` as in [SamplingSettings],
/// `logitBias` as in [LogitBiasParameter], `stop` as in [StopStrings#parse], `jsonSchema` or `regex` as in
/// [AnswerConstraints], `maxTokens` (the longest answer, 64 if not declared).
/// The result is UTF-8, `text/plain; charset=utf-8` or `application/json`, with the scores `relevance` (-1..1) and, with log-probabilities,
/// `meanLogProbability` (at most 0); usage counts the prompt once and the tokens of all candidates.
public final class LanguageModelGenerator implements Generator<PreparedPrompt, TextDraft> {

  /// The media type of a result; with `jsonSchema` it is `application/json`.
  public static final String MEDIA_TYPE = "text/plain; charset=utf-8";

  private static final long DEFAULT_MAX_TOKENS = 64;

  private final Tokenizer tokenizer;
  private final PromptWriter promptWriter;
  private final AnswerConstraints constraints;
  private final int vocabularySize;
  private final int slotTokens;
  private final LanguageModelStepper stepper;
  private final BestOf bestOf;

  private LanguageModelGenerator(
      Tokenizer tokenizer,
      PromptWriter promptWriter,
      AnswerConstraints constraints,
      int vocabularySize,
      int slotTokens,
      LanguageModelStepper stepper,
      BestOf bestOf) {
    this.tokenizer = tokenizer;
    this.promptWriter = promptWriter;
    this.constraints = constraints;
    this.vocabularySize = vocabularySize;
    this.slotTokens = slotTokens;
    this.stepper = stepper;
    this.bestOf = bestOf;
  }

  /// Loads a language model with room as [LanguageModelSettings#forModel] gives it.
  ///
  /// @param embedder judges relevance; not closed by this generator
  /// @throws InvalidModelException if a file cannot be used as the manifest says
  public static LanguageModelGenerator open(ModelFolder folder, TextEmbedder embedder) {
    return open(folder, LanguageModelSettings.forModel(folder.manifest().languageModel()), embedder);
  }

  /// Loads a language model.
  ///
  /// @param embedder judges relevance; not closed by this generator
  /// @throws InvalidModelException if a file cannot be used as the manifest says
  /// @throws IllegalArgumentException if a slot is to hold more tokens than the model's context
  public static LanguageModelGenerator open(ModelFolder folder, LanguageModelSettings settings, TextEmbedder embedder) {
    LanguageModelSection section = folder.manifest().languageModel();
    if (settings.slotTokens() > section.contextLength())
      throw new IllegalArgumentException(
          "slotTokens is " + settings.slotTokens() + "; " + folder.manifest().name() + " takes at most "
              + section.contextLength());
    try {
      Tokenizer tokenizer = Tokenizer.open(folder.file(section.tokenizer()));
      PromptWriter promptWriter = promptWriter(folder, section, tokenizer);
      BitSet stops = stops(section, tokenizer, folder.file(section.tokenizer()));
      AnswerConstraints constraints =
          new AnswerConstraints(
              new ConstraintCompiler(folder.file(section.tokenizer()), section.vocabularySize(), stops), tokenizer);
      LanguageModelStepper stepper = stepper(folder, section, settings, stops);
      return new LanguageModelGenerator(
          tokenizer, promptWriter, constraints, section.vocabularySize(), settings.slotTokens(), stepper,
          new BestOf(embedder));
    } catch (IOException | IllegalArgumentException | InferenceException | TemplateException e) {
      throw new InvalidModelException(
          "Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static LanguageModelStepper stepper(
      ModelFolder folder, LanguageModelSection section, LanguageModelSettings settings, BitSet stops) {
    OnnxSession session = packed().open(folder, section.graph());
    LanguageModelStepper stepper;
    try {
      stepper = new LanguageModelStepper(
          session, shape(section), settings.slots(), settings.slotTokens(), stops::get, settings.prefixBytes());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    try {
      SelfCheck.ofUser().check(folder.digest() + "\n" + session.form(), settings, stepper::batchDifference);
    } catch (RuntimeException e) {
      stepper.close();
      throw e;
    }
    return stepper;
  }

  /// Where the weights of language models lie ready for this processor.
  public static PrepackedCache packed() {
    return PrepackedCache.ofUser(new FoldedOffsets());
  }

  /// As [#packed], in another folder.
  public static PrepackedCache packedIn(Path folder) {
    return PrepackedCache.in(folder, new FoldedOffsets());
  }

  private static GraphShape shape(LanguageModelSection section) {
    return new GraphShape(
        section.layers(),
        section.keyValueHeads(),
        section.headSize(),
        section.contextLength(),
        section.vocabularySize());
  }

  private static BitSet stops(LanguageModelSection section, Tokenizer tokenizer, Path file) throws IOException {
    BitSet stops = new BitSet();
    for (String token : section.stopTokens()) {
      OptionalInt id = tokenizer.id(token);
      if (id.isEmpty()) id = Tokenizer.idInVocabulary(file, token);
      stops.set(id.orElseThrow(() -> new IllegalArgumentException("its tokenizer does not know the stop token " + token)));
    }
    return stops;
  }

  private static PromptWriter promptWriter(ModelFolder folder, LanguageModelSection section, Tokenizer tokenizer)
      throws IOException {
    String file = section.chatTemplate();
    ChatTemplate template = file == null ? null : ChatTemplate.parse(Files.readString(folder.file(file)));
    @Nullable String eosToken = section.stopTokens().isEmpty() ? null : section.stopTokens().getFirst();
    return new PromptWriter(tokenizer, template, section.bosToken(), eosToken);
  }

  @Override
  public PreparedPrompt prepare(GenerationRequest request) throws GenerationException {
    long maxTokens = maxTokens(request.parameters());
    Constraint constraint = constraints.of(request.parameters(), (int) maxTokens);
    Input input = AnswerConstraints.withExamples(request.input(), constraint);
    int[] tokens = tokenizer.encode(promptWriter.write(input));
    if (tokens.length == 0) throw new GenerationException.Rejected("EMPTY_PROMPT", "The prompt is empty.");
    if (IntStream.of(tokens).anyMatch(token -> token >= vocabularySize))
      throw new GenerationException.Rejected(
          "UNKNOWN_TOKEN", "The prompt contains a token that the model was not trained on.");
    if (tokens.length + maxTokens > slotTokens)
      throw new GenerationException.Rejected(
          "CONTEXT_OVERFLOW",
          "The prompt has " + tokens.length + " tokens and asks for up to " + maxTokens + " more; together at most "
              + slotTokens + " are allowed.");
    long[] seeds =
        IntStream.range(0, request.candidates())
            .mapToLong(candidate -> Seeds.draw(request.seed(), request.variant(), candidate))
            .toArray();
    StopStrings stops = stops(request.parameters());
    SamplingSettings sampling = SamplingSettings.of(request.parameters(), bias(request.parameters()));
    if (constraint != null && !stops.isEmpty())
      throw new GenerationException.Rejected(
          "INVALID_PARAMETER",
          "Parameter stop is set beside jsonSchema or regex, which end the answer themselves; only one of them is allowed.");
    Supplier<AnswerWatch> watches =
        stops.isEmpty() ? () -> PreparedPrompt.NOBODY : () -> new StoppedAnswer(tokenizer, stops);
    return new PreparedPrompt(tokens, sampling, (int) maxTokens, seeds, watches, constraint, request.tenant());
  }

  private LogitBias bias(Map<String, Object> parameters) throws GenerationException {
    if (!(parameters.get("logitBias") instanceof String text)) return LogitBias.NONE;
    try {
      return LogitBiasParameter.parse(text, tokenizer, vocabularySize);
    } catch (IllegalArgumentException e) {
      throw new GenerationException.Rejected(
          "INVALID_PARAMETER", "Parameter logitBias is " + e.getMessage() + ".");
    }
  }

  private static StopStrings stops(Map<String, Object> parameters) throws GenerationException {
    if (!(parameters.get("stop") instanceof String text)) return StopStrings.NONE;
    try {
      return StopStrings.parse(text);
    } catch (IllegalArgumentException e) {
      throw new GenerationException.Rejected("INVALID_PARAMETER", "Parameter stop is " + e.getMessage() + ".");
    }
  }

  private static long maxTokens(Map<String, Object> parameters) {
    return parameters.get("maxTokens") instanceof Number number ? number.longValue() : DEFAULT_MAX_TOKENS;
  }

  @Override
  public Stepper<PreparedPrompt, TextDraft> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedPrompt prepared, TextDraft draft)
      throws GenerationException {
    List<Candidate> candidates = new ArrayList<>();
    StopStrings stops = stops(request.parameters());
    boolean constrained = AnswerConstraints.isIn(request.parameters());
    for (Answer answer : draft.answers())
      candidates.add(
          constrained
              ? constraints.candidate(candidates.size(), answer, request.parameters())
              : candidate(candidates.size(), answer, stops));
    List<Ranked> ranked = bestOf.rank(request.input().brief(), candidates, !constrained);
    String mediaType = AnswerConstraints.mediaType(request.parameters());
    if (ranked.isEmpty()) throw unusable(candidates);
    Ranked best = ranked.getFirst();
    Answer chosen = draft.answers().get(best.candidate().number());
    int written = candidates.stream().mapToInt(candidate -> candidate.tokens().length).sum();
    List<TokenLogProbability> logProbabilities =
        TokenTexts.of(chosen.tokens(), chosen.logProbabilities(), tokenizer, stops);
    return new GenerationResult(
            body(best),
        mediaType,
        ranked.stream().skip(1).map(other -> new Alternate(body(other), mediaType, scores(other, List.of()))).toList(),
        scores(best, logProbabilities),
        new Usage(prepared.promptTokens(), written, 0, draft.steps()),
        best.candidate().finishReason(),
        Timings.NONE)
        .withLogProbabilities(logProbabilities);
  }

  private Candidate candidate(int number, Answer answer, StopStrings stops) {
    String text = AnswerText.tidy(TokenTexts.text(answer.tokens(), tokenizer, stops));
    return new Candidate(number, text, answer.tokens(), answer.finishReason());
  }

  private static GenerationException unusable(List<Candidate> candidates) {
    long empty = candidates.stream().filter(candidate -> candidate.text().isEmpty()).count();
    return new GenerationException.Broken(
        "NO_USABLE_ANSWER",
        "Of " + candidates.size() + " candidates " + empty + " are empty and " + (candidates.size() - empty)
            + " repeat themselves; another seed, a higher temperature or repetitionPenalty may help.",
        null);
  }

  private static byte[] body(Ranked ranked) {
    return ranked.candidate().text().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Double> scores(Ranked ranked, List<TokenLogProbability> logProbabilities) {
    Map<String, Double> scores =
        new HashMap<>(
            Map.of(
                "relevance", ranked.relevance(),
                "distinctPairs", RepetitionLoop.distinctPairs(ranked.candidate().tokens())));
    logProbabilities.stream()
        .mapToDouble(TokenLogProbability::logProbability)
        .average()
        .ifPresent(mean -> scores.put("meanLogProbability", mean));
    return scores;
  }

  @Override
  public void close() {
    stepper.close();
    tokenizer.close();
  }
}
