package dev.penstock.generators.models;

import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A denoiser whose pictures are made in several steps, in pixels or in the latent space of a [Decoder].
///
/// Graph inputs: [Graph#sample] float32 `[b, channels, height, width]`; [Graph#timestep] float32 `[b]` (rows may stand
/// at different timesteps), or `[1]` where all rows of a run share it; [Graph#text] float32 `[b, textTokens, width]`, what
/// the [TextEncoder] makes of the prompt, or without one the vectors of its word pieces from all-MiniLM-L6-v2 as
/// [dev.penstock.generators.text.MiniLmEmbedder] computes them, zeros after the text; and [Graph#mask] float32
/// `[b, textTokens]`, 1 for a word piece and 0 after the text. A model without words has neither of the last two, one may
/// have no mask. Output: [Graph#output], of the sample's shape.
///
/// @param textEncoder  null: all-MiniLM-L6-v2, or no words
/// @param decoder      makes pictures of samples; null: samples are pictures, in outputRange
/// @param encoder      makes samples of pictures, so that a prompt may bring one; null where there is no decoder, or none was brought
/// @param textTokens   how many word pieces the model sees; a longer prompt is cut
/// @param channels     of a sample: 1 or 3 without a decoder
/// @param outputRange  values of a finished sample that mean black and full
/// @param prediction   what the output means
/// @param lastTimestep what the model is told where there is noise alone: 1000 as usual, or 1
/// @param betas        the noise of the training; null exactly for flow matching
/// @param schedulers   the ways to sample that a prompt may choose, the usual one first
public record DiffusionSection(
    Graph graph,
    int textTokens,
    int channels,
    int height,
    int width,
    OutputRange outputRange,
    Prediction prediction,
    double lastTimestep,
    @Nullable Betas betas,
    List<Scheduler> schedulers,
    @Nullable TextEncoder textEncoder,
    @Nullable Decoder decoder,
    @Nullable Encoder encoder) implements FamilySection {

  static final int MAX_TOKENS = 256;
  static final int MAX_SIDE = 512;
  private static final long MOST_STEPS = 250;

  /// @param file     name of the ONNX graph
  /// @param sample   name of its input for the noisy pictures
  /// @param timestep name of its input for the timesteps
  /// @param text     name of its input for the words
  /// @param mask     name of its input that says which words there are
  /// @param output   name of its output
  /// @param shared   whether all rows of a run share one timestep
  public record Graph(
      String file, String sample, String timestep, boolean shared, @Nullable String text, @Nullable String mask, String output) {

    /// A graph of words whose rows have timesteps of their own.
    public Graph(String file, String sample, String timestep, String text, String mask, String output) {
      this(file, sample, timestep, false, text, mask, output);
    }
  }

  /// A graph that reads the prompt, as CLIP's: input int64 `[1, textTokens]`, output float32 `[1, textTokens, width]`.
  ///
  /// @param file      name of the ONNX graph
  /// @param tokenizer name of its tokenizer, in the format of Hugging Face tokenizers; puts the tokens around a text that
  ///     the model wants
  /// @param padding   the token after the text
  public record TextEncoder(String file, String input, String output, String tokenizer, int width, long padding) {
    public TextEncoder {
      Ranges.check("textEncoder.width", width, 1, 8_192);
    }
  }

  /// A graph that makes pictures of finished samples: input float32 `[1, channels, height, width]`, output float32
  /// `[1, 3, height, width]` of the picture.
  ///
  /// @param file    name of the ONNX graph
  /// @param scaling what samples are divided by before it
  /// @param shift   what is added to them then
  /// @param height  of the picture
  /// @param width   of the picture
  public record Decoder(String file, String input, String output, double scaling, double shift, int height, int width) {
    public Decoder {
      Ranges.check("decoder.height", height, 8, 2_048);
      Ranges.check("decoder.width", width, 8, 2_048);
      if (!(scaling > 0) || !Double.isFinite(scaling) || !Double.isFinite(shift)) {
        throw new InvalidModelException(
            "decoder.scaling is " + scaling + " and shift is " + shift + "; finite numbers, scaling above 0, are needed.");
      }
    }
  }

  /// A graph that makes latents of pictures: input float32 `[1, 3, picture height, picture width]` in outputRange, output
  /// float32 `[1, channels, height, width]`; the decoder's `shift` is taken from them, then they are multiplied by its `scaling`.
  ///
  /// @param file name of the ONNX graph
  public record Encoder(String file, String input, String output) {}

  /// What the model's output means.
  public enum Prediction {
    /// The noise in the sample (Ho et al., "Denoising diffusion probabilistic models", 2020).
    EPSILON,
    /// alpha noise - sigma picture (Salimans and Ho, "Progressive distillation", 2022).
    VELOCITY,
    /// The picture itself.
    SAMPLE,
    /// noise - picture, on the straight line between them (Lipman et al., "Flow matching", 2023).
    FLOW;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The ways from noise to a picture.
  public enum Scheduler {
    /// Ancestral sampling: draws noise at every step (Ho et al. 2020).
    DDPM("ddpm"),
    /// The same without noise (Song et al., "Denoising diffusion implicit models", 2021).
    DDIM("ddim"),
    /// Euler's method for the probability flow (Karras et al., "Elucidating the design space", 2022).
    EULER("euler"),
    /// Heun's method: two runs of the model a step, except in the last (Karras et al. 2022, algorithm 1).
    HEUN("heun"),
    /// DPM-Solver++ of order 2, multistep (Lu et al. 2022, algorithm 2).
    DPM_SOLVER("dpm-solver++"),
    /// Euler's method on the straight line of flow matching.
    FLOW_MATCHING("flow-matching");

    private final String word;

    Scheduler(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /// Whether a model that predicts this can be sampled in this way.
    public boolean fits(Prediction prediction) {
      return (this == FLOW_MATCHING) == (prediction == Prediction.FLOW);
    }

    /// How many runs of the model so many steps take.
    public int runs(int steps) {
      return this == HEUN ? 2 * steps - 1 : steps;
    }
  }

  /// How the noise grew from timestep 0 to 999 of the training; `0 < first <= last < 1`.
  public record Betas(Form form, double first, double last) {

    /// Whether beta or its square root grows in equal steps.
    public enum Form {
      LINEAR("linear"),
      SCALED_LINEAR("scaled-linear");

      private final String word;

      Form(String word) {
        this.word = word;
      }

      public String word() {
        return word;
      }
    }

    public Betas {
      if (!(first > 0) || !(last >= first) || !(last < 1)) {
        throw new InvalidModelException(
            "betas go from " + first + " to " + last + "; above 0, not falling and below 1 is needed.");
      }
    }
  }

  public DiffusionSection {
    schedulers = List.copyOf(schedulers);
    Ranges.check("textTokens", textTokens, 2, MAX_TOKENS);
    Ranges.check("height", height, 8, MAX_SIDE);
    Ranges.check("width", width, 8, MAX_SIDE);
    if (decoder == null ? channels != 1 && channels != 3 : channels < 1 || channels > 64) {
      throw new InvalidModelException(
          "channels is " + channels + "; " + (decoder == null ? "1 or 3" : "1 to 64 with a decoder") + " is allowed.");
    }
    if (encoder != null && decoder == null) {
      throw new InvalidModelException("encoder is given and decoder is missing; a model that draws in a latent space has both.");
    }
    if (!(lastTimestep > 0) || !Double.isFinite(lastTimestep)) {
      throw new InvalidModelException("lastTimestep is " + lastTimestep + "; a number above 0 is needed.");
    }
    if ((betas == null) != (prediction == Prediction.FLOW)) {
      throw new InvalidModelException("betas are " + (betas == null ? "missing" : "given") + " and prediction is "
          + prediction.word() + "; flow has none, the others need them.");
    }
    if (schedulers.isEmpty() || !schedulers.stream().allMatch(each -> each.fits(prediction))) {
      throw new InvalidModelException("schedulers is [" + words(schedulers) + "]; for the prediction "
          + prediction.word() + " at least one is needed, of " + words(fitting(prediction)) + ".");
    }
  }

  /// A model of words in pixels.
  public DiffusionSection(Graph graph, int textTokens, int channels, int height, int width, OutputRange outputRange,
      Prediction prediction, double lastTimestep, @Nullable Betas betas, List<Scheduler> schedulers) {
    this(graph, textTokens, channels, height, width, outputRange, prediction, lastTimestep, betas, schedulers, null, null, null);
  }

  /// Of the picture.
  public int pictureHeight() {
    return decoder == null ? height : decoder.height();
  }

  /// Of the picture.
  public int pictureWidth() {
    return decoder == null ? width : decoder.width();
  }

  /// Nothing makes samples of pictures where there is a decoder and no encoder.
  @Override
  public PictureUse pictureUse() {
    return decoder == null || encoder != null ? PictureUse.OPTIONAL : PictureUse.NONE;
  }

  private static List<Scheduler> fitting(Prediction prediction) {
    return List.of(Scheduler.values()).stream().filter(each -> each.fits(prediction)).toList();
  }

  private static String words(List<Scheduler> schedulers) {
    return schedulers.stream().map(Scheduler::word).collect(Collectors.joining(", "));
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.DIFFUSION;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    var all = new HashMap<String, ParameterSpec>();
    all.put("steps", new IntegerParameter(1, MOST_STEPS, 20L, "steps from noise to the picture"));
    if (graph.text() != null) {
      all.put("guidance", new NumberParameter(1, 20, 3.0, "how strongly the words pull; 1 = no guidance"));
      all.put("negativePrompt", new StringParameter(List.of(), null, "what the guidance pushes away from; nothing if absent"));
    }
    if (pictureUse() == PictureUse.OPTIONAL) {
      all.put("strength", new NumberParameter(0, 1, null,
          "how far a prompt's picture is left behind: the share of the steps that are gone; without it 0.8"));
    }
    all.put("scheduler", new StringParameter(schedulers.stream().map(Scheduler::word).toList(),
        schedulers.getFirst().word(), "the way from noise to the picture"));
    all.put("size", new IntegerParameter(8, Math.max(1024, Math.max(pictureHeight(), pictureWidth())), null,
        "longer side of the picture in pixels; without it as the model makes it"));
    all.put("width", one(pictureWidth()));
    all.put("height", one(pictureHeight()));
    return PictureParameters.and(all);
  }

  private static ParameterSpec one(int side) {
    return new IntegerParameter(side, side, (long) side, "of the picture in pixels; this model makes one size");
  }

  @Override
  public List<String> referencedFiles() {
    var files = new ArrayList<>(List.of(graph.file()));
    if (textEncoder != null) {
      files.addAll(List.of(textEncoder.file(), textEncoder.tokenizer()));
    }
    if (decoder != null) {
      files.add(decoder.file());
    }
    if (encoder != null) {
      files.add(encoder.file());
    }
    return files;
  }
}
