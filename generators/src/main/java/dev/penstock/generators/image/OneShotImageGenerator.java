package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.ClassMatcher.Match;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.TextEmbedder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A GAN or the decoder of a VAE: a picture in one run from a class and a latent vector drawn by the seed.
///
/// The class is the parameter `class`, or the one that the prompt's words ask for, see [ClassMatcher]; the result then
/// has the score `classMatch`. The parameter `truncation` (default 1) scales the latent vector. The parameter `size`
/// is the longer side of the picture in pixels; without it a picture is ten times as large as the graph makes it. What
/// the manifest does not declare cannot be set.
public final class OneShotImageGenerator implements Generator<PreparedImage, float[]> {

  /// Rows of a batch.
  public static final int SLOTS = 16;

  private static final int ENLARGEMENT = 10;
  private static final int MAX_SIZE = 4_096;

  private final OneShotImageSection section;
  private final ImageGraph graph;
  private final OneShotImageStepper stepper;
  private final @Nullable ClassMatcher matcher;

  private OneShotImageGenerator(OneShotImageSection section, ImageGraph graph, TextEmbedder embedder) {
    this.section = section;
    this.graph = graph;
    this.stepper = new OneShotImageStepper(graph);
    this.matcher =
        section.labels().isEmpty() ? null : new ClassMatcher(embedder, section.labels(), section.labelDescriptions());
  }

  /// Loads the graph and tries it out.
  ///
  /// @param embedder shared, not closed by this
  /// @throws InvalidModelException if the folder holds another family, or the graph is not what the manifest says
  public static OneShotImageGenerator open(ModelFolder folder, TextEmbedder embedder) {
    OneShotImageSection section = folder.manifest().oneShotImage();
    OnnxSession session = null;
    try {
      session = OnnxSession.open(folder.file(section.graph()));
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
    Match match = label(request);
    double truncation = (double) request.parameters().getOrDefault("truncation", 1.0);
    long seed = Seeds.draw(request.seed(), request.variant(), 0);
    float[] latent = LatentDraw.draw(seed, section.latentSize(), section.latentDistribution(), truncation);
    boolean matched = matcher != null && !request.parameters().containsKey("class");
    return new PreparedImage(match.label(), latent, matched ? match.score() : null);
  }

  private Match label(GenerationRequest request) throws Rejected {
    if (matcher == null) return new Match(-1, 1);
    String classes = String.join(", ", section.labels());
    String given = (String) request.parameters().get("class");
    if (given != null) {
      int label = section.labels().indexOf(given);
      if (label >= 0) return new Match(label, 1);
      throw new Rejected("UNKNOWN_CLASS", "The parameter class names no class of this model; allowed are " + classes + ".");
    }
    Match match = matcher.nearest(request.input().brief());
    if (match.isNearEnough()) return match;
    throw new Rejected(
        "NO_MATCHING_CLASS",
        "The prompt asks for nothing that this model can draw; name one of its classes, " + classes
            + ", or set the parameter class.");
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
    Map<String, Double> scores =
        prepared.classMatch() == null ? Map.of() : Map.of("classMatch", prepared.classMatch());
    return PictureDelivery.of(request.parameters()).result(picture, scores, 0);
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
