package dev.penstock.generators.models;

import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import java.util.List;
import java.util.Map;

/// A model that says what a picture shows.
///
/// Graph input: [#input] float32 `[1, channels, height, width]` or `[1, height, width, channels]`, as [#layout] says; a pixel is
/// `(value - mean) / deviation` of its channel, with values from 0 (black) to 1 (full). Output: [#output] float32
/// `[1, labels]`.
///
/// @param graph     file name of the ONNX graph
/// @param channels  1 or 3; a colour picture becomes grey by its luma for 1
/// @param mean      one number a channel
/// @param deviation one number above 0 a channel
/// @param softmax   whether the output still has to become probabilities
/// @param labels    class words in the output's order
public record ImageClassifierSection(
    String graph,
    String input,
    String output,
    Layout layout,
    int channels,
    int height,
    int width,
    List<Double> mean,
    List<Double> deviation,
    boolean softmax,
    List<String> labels) implements FamilySection {

  static final int MAX_SIDE = 1_024;

  public ImageClassifierSection {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    labels = List.copyOf(labels);
    Ranges.check("height", height, 8, MAX_SIDE);
    Ranges.check("width", width, 8, MAX_SIDE);
    if (channels != 1 && channels != 3) {
      throw new InvalidModelException("channels is " + channels + "; 1 or 3 is allowed.");
    }
    if (mean.size() != channels || deviation.size() != channels || deviation.stream().anyMatch(each -> !(each > 0))) {
      throw new InvalidModelException("mean is " + mean + " and deviation is " + deviation + "; " + channels
          + " numbers each are needed, deviations above 0.");
    }
    if (labels.size() < 2 || labels.stream().distinct().count() != labels.size()) {
      throw new InvalidModelException("labels has " + labels.size() + " entries; at least 2 different ones are needed.");
    }
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.IMAGE_CLASSIFIER;
  }

  @Override
  public PictureUse pictureUse() {
    return PictureUse.REQUIRED;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    return Map.of("most", new IntegerParameter(1, labels.size(), (long) Math.min(5, labels.size()), "how many labels to tell"));
  }

  @Override
  public List<String> referencedFiles() {
    return List.of(graph);
  }
}
