package dev.penstock.generators.models;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A generator that makes a picture in one run from a latent vector: GAN, DCGAN or the decoder of a VAE.
///
/// Graph inputs: [#latentInput()] float32 `[b, latentSize]` and, for each of the [#conditions()], its input float32
/// `[b, labels]` one-hot. Output: [#imageOutput()] float32, `[b, c, h, w]` for NCHW or `[b, h, w, c]` for NHWC, with
/// c = 1 or 3, in [#outputRange()].
///
/// @param graph              file name of the ONNX graph
/// @param latentSize         length of the latent vector
/// @param latentDistribution what the latent vector is drawn from: normal(0, 1), or uniform(-1, 1)
/// @param latentInput        name of the graph's latent input
/// @param conditions         what a prompt may ask for, the most important first; empty: unconditional
/// @param imageOutput        name of the graph's picture output
/// @param outputRange        values of the output that mean black and full
/// @param layout             order of the output's dimensions
/// @param batch              how many rows every run of the graph has; null: any number
public record OneShotImageSection(
    String graph,
    int latentSize,
    LatentDistribution latentDistribution,
    String latentInput,
    List<Condition> conditions,
    String imageOutput,
    OutputRange outputRange,
    Layout layout,
    @Nullable Integer batch) implements FamilySection {

  public static final int MAX_LATENT = 1_048_576;
  static final int MAX_BATCH = 64;

  /// What a latent vector is drawn from.
  public enum LatentDistribution {
    NORMAL, UNIFORM;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Order of the picture's dimensions.
  public enum Layout {
    NCHW, NHWC
  }

  /// Output values that mean black and full; `low < high`.
  public record OutputRange(double low, double high) {
    public OutputRange {
      if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new InvalidModelException(
            "outputRange is [" + low + ", " + high + "]; two finite numbers, the lower first, are needed.");
      }
    }
  }

  /// One thing about the picture that can be chosen among labels.
  ///
  /// @param parameter    the prompt's parameter that chooses it, as `class` or `colour`
  /// @param input        name of the graph's input
  /// @param labels       words in one-hot order, at least one
  /// @param descriptions one a label, which the words of a prompt are matched against
  public record Condition(String parameter, String input, List<String> labels, List<String> descriptions) {

    public Condition {
      labels = List.copyOf(labels);
      descriptions = List.copyOf(descriptions);
      if (labels.isEmpty()) {
        throw new InvalidModelException("labels is empty; a condition needs at least one label.");
      }
      if (labels.stream().distinct().count() != labels.size()) {
        throw new InvalidModelException("labels holds a word twice: " + labels + ".");
      }
      if (descriptions.size() != labels.size()) {
        throw new InvalidModelException("labelDescriptions has " + descriptions.size()
            + " entries; one for each of the " + labels.size() + " labels is needed.");
      }
    }
  }

  /// The parameter of a model with a single condition.
  public static final String CLASS = "class";

  public OneShotImageSection {
    conditions = List.copyOf(conditions);
    Ranges.check("latentSize", latentSize, 1, MAX_LATENT);
    if (batch != null) {
      Ranges.check("batch", batch, 1, MAX_BATCH);
    }
    if (conditions.stream().map(Condition::input).distinct().count() != conditions.size()) {
      throw new InvalidModelException("conditions names an input of the graph twice.");
    }
  }

  /// A model whose graph takes any number of rows.
  public OneShotImageSection(
      String graph,
      int latentSize,
      LatentDistribution latentDistribution,
      String latentInput,
      List<Condition> conditions,
      String imageOutput,
      OutputRange outputRange,
      Layout layout) {
    this(graph, latentSize, latentDistribution, latentInput, conditions, imageOutput, outputRange, layout, null);
  }

  /// A model with one condition, the parameter [#CLASS], or with none.
  ///
  /// @param labelInput null exactly when there are no labels
  public OneShotImageSection(
      String graph,
      int latentSize,
      LatentDistribution latentDistribution,
      String latentInput,
      @Nullable String labelInput,
      String imageOutput,
      OutputRange outputRange,
      Layout layout,
      List<String> labels,
      List<String> labelDescriptions) {
    this(graph, latentSize, latentDistribution, latentInput, ofClass(labelInput, labels, labelDescriptions), imageOutput,
        outputRange, layout);
  }

  /// The same with a batch that the graph fixes.
  public OneShotImageSection withBatch(@Nullable Integer rows) {
    return new OneShotImageSection(
        graph, latentSize, latentDistribution, latentInput, conditions, imageOutput, outputRange, layout, rows);
  }

  private static List<Condition> ofClass(@Nullable String input, List<String> labels, List<String> descriptions) {
    if ((input == null) != labels.isEmpty()) {
      throw new InvalidModelException("labelInput is " + input + " but there are " + labels.size()
          + " labels; a conditional model needs both, an unconditional one neither.");
    }
    return input == null ? List.of() : List.of(new Condition(CLASS, input, labels, descriptions));
  }

  /// The labels of the first condition, which says what is on the picture; empty: unconditional.
  public List<String> labels() {
    return conditions.isEmpty() ? List.of() : conditions.getFirst().labels();
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.ONE_SHOT_IMAGE;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    var own = new HashMap<String, ParameterSpec>();
    own.put("latentFrom", new ParameterSpec.StringParameter(List.of(), 256, null,
        "seeds with weights whose latent vectors are added up, such as 7:0.5, 8:0.5"));
    if (!conditions.isEmpty()) {
      own.put("interpolateTo", new ParameterSpec.StringParameter(labels(), null, "a second class, which amount leads to"));
      own.put("amount", new ParameterSpec.NumberParameter(0, 1, null, "how far towards interpolateTo; without it 0.5"));
    }
    return PictureParameters.and(own);
  }

  @Override
  public List<String> referencedFiles() {
    return List.of(graph);
  }
}
