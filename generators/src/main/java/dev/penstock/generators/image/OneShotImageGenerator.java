package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.ConditionMatcher.Chosen;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.TextEmbedder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A GAN or the decoder of a VAE: a picture in one run from labels and a latent vector drawn by the seed.
///
/// Each condition of the model has a parameter, mostly one, `class`; without it the prompt's words decide, see
/// [ConditionMatcher], and the result has the score `classMatch`, called after the parameter. The parameter
/// `truncation` (default 1) scales the latent vector. The parameter `size` is the longer side of the picture in pixels;
/// without it a picture is ten times as large as the graph makes it. What the manifest does not declare cannot be set.
///
/// Between pictures: `interpolateTo` and `amount` (default 0.5) lead from the subject to another of its labels;
/// `latentFrom` takes the latent vector from those of other seeds, see [LatentMix], and the request's own seed no more.
public final class OneShotImageGenerator
    implements Generator<PreparedImage, float[]>, Interpolating<PreparedImage> {

  /// Rows of a batch.
  public static final int SLOTS = 16;

  private static final int ENLARGEMENT = 10;
  private static final int MAX_SIZE = 4_096;

  private final OneShotImageSection section;
  private final ImageGraph graph;
  private final OneShotImageStepper stepper;
  private final List<ConditionMatcher> conditions;

  private OneShotImageGenerator(OneShotImageSection section, ImageGraph graph, TextEmbedder embedder) {
    this.section = section;
    this.graph = graph;
    this.stepper = new OneShotImageStepper(graph);
    this.conditions = section.conditions().stream().map(each -> new ConditionMatcher(each, embedder)).toList();
  }

  /// Loads the graph and tries it out.
  ///
  /// @param embedder shared, not closed by this
  /// @throws InvalidModelException if the folder holds another family, or the graph is not what the manifest says
  public static OneShotImageGenerator open(ModelFolder folder, TextEmbedder embedder) {
    OneShotImageSection section = folder.manifest().oneShotImage();
    OnnxSession session = null;
    try {
      session = OnnxSession.openShared(folder.file(section.graph()), Objects.requireNonNull(folder.digests().get(section.graph())));
      return new OneShotImageGenerator(section, new ImageGraph(section, session, SLOTS), embedder);
    } catch (RuntimeException e) {
      if (session != null) session.close();
      if (!(e instanceof InferenceException)) throw e;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  @Override
  public PreparedImage prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED",
          "The prompt asks for " + request.candidates() + " candidates; this model's pictures have no score to choose"
              + " by, so ask for 1 candidate and several variants.");
    PictureDelivery.of(request.parameters());
    long seed = Seeds.draw(request.seed(), request.variant(), 0);
    List<float[]> labels = new ArrayList<>();
    Map<String, Double> scores = new LinkedHashMap<>();
    Set<String> subject = Set.of();
    for (ConditionMatcher condition : conditions) {
      Chosen chosen = labels.isEmpty() ? condition.subject(request) : condition.property(request, subject, seed);
      if (labels.isEmpty()) subject = condition.names(chosen.label());
      if (chosen.score() != null) scores.put(condition.parameter() + "Match", chosen.score());
      float[] only = PreparedImage.only(chosen.label(), condition.labels().size());
      labels.add(labels.isEmpty() ? between(only, request.parameters()) : only);
    }
    return new PreparedImage(List.copyOf(labels), latent(request.parameters(), seed), Map.copyOf(scores));
  }

  private float[] latent(Map<String, Object> parameters, long seed) throws Rejected {
    double truncation = (double) parameters.getOrDefault("truncation", 1.0);
    String from = (String) parameters.get("latentFrom");
    return from == null
        ? LatentDraw.draw(seed, section.latentSize(), section.latentDistribution(), truncation)
        : LatentMix.parse(from).draw(section.latentSize(), section.latentDistribution(), truncation);
  }

  /// The way from the subject to the label that `interpolateTo` names.
  private float[] between(float[] only, Map<String, Object> parameters) throws Rejected {
    String to = (String) parameters.get("interpolateTo");
    Double amount = (Double) parameters.get("amount");
    if (to == null && amount != null)
      throw new Rejected("AMOUNT_OF_NOTHING", "The parameter amount needs interpolateTo, the class that it leads to.");
    if (to == null) return only;
    float part = amount == null ? 0.5f : amount.floatValue();
    for (int i = 0; i < only.length; i++) only[i] *= 1 - part;
    only[section.labels().indexOf(to)] += part;
    return only;
  }

  @Override
  public PreparedImage between(PreparedImage from, PreparedImage to, double share) {
    float[] latent = LatentPath.between(from.latent(), to.latent(), share, section.latentDistribution());
    return new PreparedImage(from.labels(), latent, from.scores());
  }

  @Override
  public Stepper<PreparedImage, float[]> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedImage prepared, float[] draft)
      throws GenerationException {
    Picture made = Picture.of(draft, graph.shape(), section.outputRange());
    Picture picture = enlarged(made, (Long) request.parameters().get("size"));
    return PictureDelivery.of(request.parameters()).result(picture, prepared.scores(), 0);
  }

  private static Picture enlarged(Picture made, @Nullable Long size) {
    int longer = Math.max(made.width(), made.height());
    long asked = size == null ? (long) longer * ENLARGEMENT : size;
    return made.withLongerSide(Math.clamp(asked, 1, MAX_SIZE));
  }

  /// Whether smaller batches run in the size of the largest, because this machine's kernels are not batch-invariant.
  boolean runsInFixedBatches() {
    return graph.isOfFixedSize();
  }

  @Override
  public void close() {
    graph.close();
  }
}
