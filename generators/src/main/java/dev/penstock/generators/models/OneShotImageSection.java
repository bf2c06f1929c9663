package dev.penstock.generators.models;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A generator that makes a picture in one run from a latent vector: GAN, DCGAN or the decoder of a VAE.
///
/// Graph inputs: [#latentInput()] float32 `[b, latentSize]` and, for a conditional model, [#labelInput()]
/// float32 `[b, labels]` one-hot. Output: [#imageOutput()] float32, `[b, c, h, w]` for NCHW or `[b, h, w, c]`
/// for NHWC, with c = 1 or 3, in [#outputRange()].
///
/// @param graph              file name of the ONNX graph
/// @param latentSize         length of the latent vector
/// @param latentDistribution what the latent vector is drawn from: normal(0, 1), or uniform(-1, 1)
/// @param latentInput        name of the graph's latent input
/// @param labelInput         name of the graph's label input; null exactly when the model has no labels
/// @param imageOutput        name of the graph's picture output
/// @param outputRange        values of the output that mean black and full
/// @param layout             order of the output's dimensions
/// @param labels             class words in one-hot order; empty: unconditional
/// @param labelDescriptions  one description a label, which the words of a prompt are matched against
public record OneShotImageSection(
    String graph,
    int latentSize,
    LatentDistribution latentDistribution,
    String latentInput,
    @Nullable String labelInput,
    String imageOutput,
    OutputRange outputRange,
    Layout layout,
    List<String> labels,
    List<String> labelDescriptions) implements FamilySection {

  static final int MAX_LATENT = 1_048_576;

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

  public OneShotImageSection {
    labels = List.copyOf(labels);
    labelDescriptions = List.copyOf(labelDescriptions);
    Ranges.check("latentSize", latentSize, 1, MAX_LATENT);
    if ((labelInput == null) != labels.isEmpty()) {
      throw new InvalidModelException("labelInput is " + labelInput + " but there are " + labels.size()
          + " labels; a conditional model needs both, an unconditional one neither.");
    }
    if (labels.stream().distinct().count() != labels.size()) {
      throw new InvalidModelException("labels holds a word twice: " + labels + ".");
    }
    if (labelDescriptions.size() != labels.size()) {
      throw new InvalidModelException("labelDescriptions has " + labelDescriptions.size()
          + " entries; one for each of the " + labels.size() + " labels is needed.");
    }
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.ONE_SHOT_IMAGE;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    return PictureParameters.and(Map.of());
  }

  @Override
  public List<String> referencedFiles() {
    return List.of(graph);
  }
}
