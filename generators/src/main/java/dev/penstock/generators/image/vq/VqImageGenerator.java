package dev.penstock.generators.image.vq;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.image.Picture;
import dev.penstock.generators.image.PictureDelivery;
import dev.penstock.generators.image.diffusion.Words;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.TextEmbedder;
import java.util.Map;
import java.util.Objects;

/// Draws what the prompt's words say, code by code.
///
/// Parameters: `temperature`, `topK`, `guidance` (1 = off), `size` (the longer side of the picture in pixels; without it
/// the model's own size). The score `promptSeen` is the share of the prompt's word pieces that the model could look at.
public final class VqImageGenerator implements Generator<PreparedCodes, float[]> {

  /// Requests that are drawn together.
  public static final int SLOTS = 8;

  private static final int ROWS = 2 * SLOTS;

  private final VqImageSection section;
  private final PriorGraph prior;
  private final CodeDecoder decoder;
  private final VqImageStepper stepper;
  private final TextEmbedder embedder;
  private final Words noWords;

  private VqImageGenerator(VqImageSection section, PriorGraph prior, CodeDecoder decoder, TextEmbedder embedder) {
    this.section = section;
    this.prior = prior;
    this.decoder = decoder;
    this.embedder = embedder;
    this.stepper = new VqImageStepper(prior, decoder, section.codes(), section.places());
    this.noWords = Words.of("", section.textTokens(), embedder);
  }

  /// Loads the graphs and tries them out.
  ///
  /// @param embedder shared, not closed by this
  /// @throws InvalidModelException if the folder holds another family, or a graph is not what the manifest says
  public static VqImageGenerator open(ModelFolder folder, TextEmbedder embedder) {
    VqImageSection section = folder.manifest().vqImage();
    OnnxSession prior = null;
    OnnxSession decoder = null;
    try {
      prior = shared(folder, section.prior());
      decoder = shared(folder, section.decoder());
      PriorGraph graph = new PriorGraph(section, prior, ROWS, embedder.dimensions());
      return new VqImageGenerator(section, graph, new CodeDecoder(section, decoder), embedder);
    } catch (RuntimeException e) {
      if (prior != null) prior.close();
      if (decoder != null) decoder.close();
      if (!(e instanceof InferenceException)) throw e;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /// A film maker has the same graphs in a lane of its own.
  private static OnnxSession shared(ModelFolder folder, String file) {
    return OnnxSession.openShared(folder.file(file), Objects.requireNonNull(folder.digests().get(file)));
  }

  /// What a full batch takes beside the weights, about.
  public static long batchBytes(VqImageSection section) {
    return 2L * ROWS * section.cacheSize() * Float.BYTES;
  }

  @Override
  public PreparedCodes prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED",
          "The prompt asks for " + request.candidates() + " candidates; this model's pictures have no score to choose"
              + " by, so ask for 1 candidate and several variants.");
    PictureDelivery.of(request.parameters());
    Map<String, Object> parameters = request.parameters();
    double guidance = (double) parameters.getOrDefault("guidance", 1.0);
    return new PreparedCodes(
        LatentDraw.uniforms(Seeds.draw(request.seed(), request.variant(), 0), section.places()),
        (double) parameters.getOrDefault("temperature", 1.0),
        Math.toIntExact((long) parameters.getOrDefault("topK", 0L)),
        guidance,
        Words.of(request.input().brief(), section.textTokens(), embedder),
        guidance == 1 ? null : noWords);
  }

  @Override
  public Stepper<PreparedCodes, float[]> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedCodes prepared, float[] draft)
      throws GenerationException {
    Picture made = Picture.of(draft, decoder.shape(), section.outputRange());
    Long size = (Long) request.parameters().get("size");
    Picture picture = size == null ? made : made.withLongerSide(Math.toIntExact(size));
    Words words = prepared.words();
    Map<String, Double> scores = Map.of("promptSeen", (double) words.tokens() / (words.tokens() + words.cut()));
    return PictureDelivery.of(request.parameters()).result(picture, scores, words.tokens());
  }

  /// Whether smaller batches run in the size of the largest, because this machine's kernels are not batch-invariant.
  boolean runsInFixedBatches() {
    return prior.isOfFixedSize();
  }

  @Override
  public void close() {
    prior.close();
    decoder.close();
  }
}
