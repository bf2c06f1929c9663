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
import dev.penstock.generators.image.PictureDecoder;
import dev.penstock.generators.image.PictureDelivery;
import dev.penstock.generators.image.noise.NoiseScheduler;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.TextEmbedder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Draws what the prompt's words say, from noise drawn by the seed.
///
/// Parameters: `steps`, `scheduler`, `guidance` (1 = off), `negativePrompt` (what guidance leads away from), `size` (the
/// longer side of the picture in pixels, made larger or smaller by cubic convolution; without it the model's own size).
/// A prompt may bring a picture to begin at; `strength` says how far it is left behind (Meng et al., "SDEdit", 2022).
/// The score `promptSeen` is the share of the prompt's word pieces that the model could look at.
public final class DiffusionGenerator
    implements Generator<PreparedDiffusion, float[]>, Interpolating<PreparedDiffusion> {

  /// Requests that are denoised together.
  public static final int SLOTS = 8;

  private static final int ROWS = 2 * SLOTS;
  private static final double STRENGTH = 0.8;
  private static final long MOST_PIXELS = 16_777_216;
  /// What the layers of one row hold at once, estimated from channels at full size.
  private static final long BYTES_PER_PIXEL = 1_024;

  private final DiffusionSection section;
  private final DiffusionGraph graph;
  private final DiffusionStepper stepper;
  private final Words.Source words;
  private final @Nullable LatentDecoder decoder;
  private final @Nullable LatentEncoder encoder;
  private final Picture.Shape shape;
  private final Words noWords;

  private DiffusionGenerator(DiffusionSection section, Parts parts) throws Rejected {
    this.section = section;
    this.graph = parts.graph;
    this.words = parts.words;
    this.decoder = parts.decoder;
    this.encoder = parts.encoder;
    this.stepper = new DiffusionStepper(graph, new NoiseScheduler(section), section.lastTimestep(), decoder);
    int channels = decoder == null ? section.channels() : 3;
    this.shape = new Picture.Shape(Layout.NCHW, channels, section.pictureHeight(), section.pictureWidth());
    this.noWords = words.of("");
  }

  private record Parts(Words.Source words, DiffusionGraph graph, @Nullable LatentDecoder decoder, @Nullable LatentEncoder encoder) {}

  /// Loads the graphs and tries them out.
  ///
  /// @param embedder shared, not closed by this
  /// @throws InvalidModelException if the folder holds another family, or a graph is not what the manifest says
  public static DiffusionGenerator open(ModelFolder folder, TextEmbedder embedder) {
    DiffusionSection section = folder.manifest().diffusion();
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new DiffusionGenerator(section, parts(folder, section, embedder, opened));
    } catch (Rejected | RuntimeException e) {
      close(opened);
      if (e instanceof InvalidModelException invalid) throw invalid;
      if (e instanceof RuntimeException other && !(e instanceof InferenceException)) throw other;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static Parts parts(ModelFolder folder, DiffusionSection section, TextEmbedder embedder, Deque<AutoCloseable> opened) {
    Words.Source words = words(folder, section, embedder);
    opened.push(words);
    OnnxSession session = shared(folder, section.graph().file());
    opened.push(session);
    DiffusionGraph graph = new DiffusionGraph(section, session, ROWS, words.width());
    DiffusionSection.Decoder of = section.decoder();
    if (of == null) return new Parts(words, graph, null, null);
    OnnxSession decoding = shared(folder, of.file());
    opened.push(decoding);
    LatentDecoder decoder = new LatentDecoder(section, of, decoding);
    DiffusionSection.Encoder back = section.encoder();
    if (back == null) return new Parts(words, graph, decoder, null);
    OnnxSession encoding = shared(folder, back.file());
    opened.push(encoding);
    return new Parts(words, graph, decoder, new LatentEncoder(section, of, back, encoding));
  }

  /// A film maker has the same graphs in a lane of its own.
  private static OnnxSession shared(ModelFolder folder, String file) {
    return OnnxSession.openShared(folder.file(file), Objects.requireNonNull(folder.digests().get(file)));
  }

  private static Words.Source words(ModelFolder folder, DiffusionSection section, TextEmbedder embedder) {
    if (section.graph().text() == null) return Words.none();
    DiffusionSection.TextEncoder encoder = section.textEncoder();
    return encoder == null ? Words.of(section.textTokens(), embedder) : EncodedWords.open(folder, section, encoder);
  }

  private static void close(Deque<AutoCloseable> opened) {
    for (AutoCloseable each : opened) {
      switch (each) {
        case Words.Source words -> words.close();
        case OnnxSession session -> session.close();
        default -> throw new IllegalStateException("nothing else was opened");
      }
    }
  }

  /// What a full batch takes beside the weights, about.
  public static long batchBytes(DiffusionSection section) {
    return ROWS * BYTES_PER_PIXEL * section.height() * section.width()
        + (section.decoder() == null ? 0 : BYTES_PER_PIXEL * section.pictureHeight() * section.pictureWidth());
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
    Double strength = (Double) parameters.get("strength");
    if (strength != null && request.picture() == null)
      throw new Rejected(
          "PICTURE_MISSING", "The parameter strength says how far a picture is left behind; send one, or leave strength out.");
    long seed = Seeds.draw(request.seed(), request.variant(), 0);
    Words unwanted = negative == null ? noWords : words.of(negative);
    return new PreparedDiffusion(
        LatentDraw.normal(seed, graph.pixels()),
        scheduler((String) parameters.get("scheduler")),
        Math.toIntExact((long) parameters.getOrDefault("steps", 20L)),
        guidance,
        words.of(request.input().brief()),
        guidance == 1 ? null : unwanted,
        seed,
        picture(request),
        strength == null ? STRENGTH : strength);
  }

  /// What the model sees of a text.
  Words words(String text) throws Rejected {
    return words.of(text);
  }

  /// The prompt's picture as a sample.
  private float @Nullable [] picture(GenerationRequest request) throws Rejected {
    if (request.picture() == null) return null;
    if (decoder != null && encoder == null)
      throw new Rejected("PICTURE_NOT_TAKEN", "This model draws in a latent space and takes no picture; send the prompt without one.");
    Picture picture = PictureDecoder.decode(request.picture(), MOST_PIXELS).reducedTo(shape.width(), shape.height());
    OutputRange range = section.outputRange();
    int pixels = shape.width() * shape.height();
    float[] sample = new float[shape.channels() * pixels];
    for (int i = 0; i < pixels; i++) {
      double grey = shape.channels() == 3 ? 0 : picture.luma(i);
      for (int c = 0; c < shape.channels(); c++) {
        double value = shape.channels() == 3 ? picture.planes()[c][i] : grey;
        sample[c * pixels + i] = (float) (range.low() + value * (range.high() - range.low()));
      }
    }
    return encoder == null ? sample : encoder.encode(sample);
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
    Words seen = prepared.words();
    Map<String, Double> scores =
        seen.tokens() == 0 ? Map.of() : Map.of("promptSeen", (double) seen.tokens() / (seen.tokens() + seen.cut()));
    return PictureDelivery.of(request.parameters()).result(picture, scores, seen.tokens());
  }

  /// Whether smaller batches run in the size of the largest, because this machine's kernels are not batch-invariant.
  boolean runsInFixedBatches() {
    return graph.isOfFixedSize();
  }

  @Override
  public void close() {
    graph.close();
    words.close();
    if (decoder != null) decoder.close();
    if (encoder != null) encoder.close();
  }
}
