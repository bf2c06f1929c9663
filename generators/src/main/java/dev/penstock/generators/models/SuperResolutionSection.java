package dev.penstock.generators.models;

import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model that makes a picture larger.
///
/// Graph input: [#input] float32 `[1, channels, h, w]` or `[1, h, w, channels]`, as [#layout] says, in [#inputRange]; output:
/// [#output] of the same layout, `scale` times as high and wide, in [#outputRange].
///
/// @param graph    file name of the ONNX graph
/// @param channels 3 for red, green and blue; 1: each of the three is enlarged by itself
/// @param scale    how many times larger each side becomes
/// @param height   of the graph's input where it is fixed, else null
/// @param width    of the graph's input where it is fixed, else null
public record SuperResolutionSection(
    String graph,
    String input,
    String output,
    Layout layout,
    int channels,
    int scale,
    OutputRange inputRange,
    OutputRange outputRange,
    @Nullable Integer height,
    @Nullable Integer width) implements FamilySection {

  static final int MAX_SCALE = 16;
  static final int MIN_SIDE = 16;
  static final int MAX_SIDE = 2_048;

  public SuperResolutionSection {
    Ranges.check("scale", scale, 1, MAX_SCALE);
    if (channels != 1 && channels != 3) {
      throw new InvalidModelException("channels is " + channels + "; 1 or 3 is allowed.");
    }
    if ((height == null) != (width == null)) {
      throw new InvalidModelException("height is " + height + " and width is " + width + "; both or none are needed.");
    }
    if (height != null && width != null) {
      Ranges.check("height", height, MIN_SIDE, MAX_SIDE);
      Ranges.check("width", width, MIN_SIDE, MAX_SIDE);
    }
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.SUPER_RESOLUTION;
  }

  @Override
  public PictureUse pictureUse() {
    return PictureUse.REQUIRED;
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
