package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.Interpolating;
import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.image.LatentPath;
import dev.penstock.generators.image.Picture;
import dev.penstock.generators.image.PictureDelivery;
import dev.penstock.generators.image.noise.NoiseScheduler;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.TextEmbedder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Draws what the prompt's words say, from noise drawn by the seed.
///
/// Parameters: `steps`, `scheduler`, `guidance` (1 = off), `negativePrompt` (what guidance leads away from), `size` (the
/// longer side of the picture in pixels, made larger or smaller by cubic convolution; without it the model's own size).
/// The score `promptSeen` is the share of the prompt's word pieces that the model could look at.
public final class DiffusionGenerator
    implements Generator<PreparedDiffusion, float[]>, Interpolating<PreparedDiffusion> {

  /// Requests that are denoised together.
  public static final int SLOTS = 8;

  private static final int ROWS = 2 * SLOTS;
  /// What the layers of one row hold at once, estimated from channels at full size.
  private static final long BYTES_PER_PIXEL = 1_024;

  private final DiffusionSection section;
  private final DiffusionGraph graph;
  private final DiffusionStepper stepper;
  private final TextEmbedder embedder;
  private final Picture.Shape shape;
  private final Words noWords;

  private DiffusionGenerator(DiffusionSection section, DiffusionGraph graph, TextEmbedder embedder) {
    this.section = section;
    this.graph = graph;
    this.embedder = embedder;
    this.stepper = new DiffusionStepper(graph, new NoiseScheduler(section), section.lastTimestep());
    this.shape = new Picture.Shape(Layout.NCHW, section.channels(), section.height(), section.width());
    this.noWords = Words.of("", section.textTokens(), embedder);
  }

  /// Loads the graph and tries it out.
  ///
  /// @param embedder shared, not closed by this
  /// @throws InvalidModelException if the folder holds another family, or the graph is not what the manifest says
  public static DiffusionGenerator open(ModelFolder folder, TextEmbedder embedder) {
    DiffusionSection section = folder.manifest().diffusion();
    OnnxSession session = null;
    try {
      session = OnnxSession.open(folder.file(section.graph().file()));
      return new DiffusionGenerator(section, new DiffusionGraph(section, session, ROWS, embedder.dimensions()), embedder);
    } catch (RuntimeException e) {
      if (session != null) session.close();
      if (!(e instanceof InferenceException)) throw e;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /// What a full batch takes beside the weights, about.
  public static long batchBytes(DiffusionSection section) {
    return ROWS * BYTES_PER_PIXEL * section.height() * section.width();
  }

  @Override
  public PreparedDiffusion prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED",
          "The prompt asks for " + request.candidates() + " candidates; this model's pictures have no score to choose"
              + " by, so ask for 1 candidate and several variants.");
    Map<String, Object> parameters = request.parameters();
    PictureDelivery.of(parameters);
    double guidance = (double) parameters.getOrDefault("guidance", 1.0);
    String negative = (String) parameters.get("negativePrompt");
    if (negative != null && guidance == 1)
      throw new Rejected(
          "GUIDANCE_OFF", "The parameter negativePrompt works by guidance, which is 1 (off); set guidance above 1.");
    long seed = Seeds.draw(request.seed(), request.variant(), 0);
    Words unwanted = negative == null ? noWords : words(negative);
    return new PreparedDiffusion(
        LatentDraw.normal(seed, graph.pixels()),
        scheduler((String) parameters.get("scheduler")),
        Math.toIntExact((long) parameters.getOrDefault("steps", 20L)),
        guidance,
        words(request.input().brief()),
        guidance == 1 ? null : unwanted,
        seed);
  }

  private Words words(String text) {
    return Words.of(text, section.textTokens(), embedder);
  }

  private Scheduler scheduler(@Nullable String word) {
    return section.schedulers().stream()
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElse(section.schedulers().getFirst());
  }

  @Override
  public PreparedDiffusion between(PreparedDiffusion from, PreparedDiffusion to, double share) {
    return from.withNoise(LatentPath.between(from.noise(), to.noise(), share, LatentDistribution.NORMAL));
  }

  @Override
  public Stepper<PreparedDiffusion, float[]> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedDiffusion prepared, float[] draft)
      throws GenerationException {
    Picture made = Picture.of(draft, shape, section.outputRange());
    Long size = (Long) request.parameters().get("size");
    Picture picture = size == null ? made : made.withLongerSide(Math.toIntExact(size));
    Words words = prepared.words();
    Map<String, Double> scores = Map.of("promptSeen", (double) words.tokens() / (words.tokens() + words.cut()));
    return PictureDelivery.of(request.parameters()).result(picture, scores, words.tokens());
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
