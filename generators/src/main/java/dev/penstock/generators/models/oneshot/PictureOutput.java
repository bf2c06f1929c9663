package dev.penstock.generators.models.oneshot;

import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How an output is read as a picture.
///
/// @param row    shape of one row, if the output has to be brought into it; empty: as the graph makes it
/// @param layout order of the dimensions after that
record PictureOutput(List<Long> row, Layout layout, int channels, int height, int width) {

  private static final Set<String> PASSING = Set.of("Identity", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast");
  private static final double FEW = 0.005;

  PictureOutput {
    row = List.copyOf(row);
  }

  /// Values that mean black and full, and how that is known.
  record Range(OutputRange range, String because) {}

  /// @param shape  of the output of a run
  /// @param wanted where the shape fits both
  /// @return empty if it can be no picture
  static Optional<PictureOutput> of(long[] shape, Optional<Layout> wanted) {
    return switch (shape.length) {
      case 4 -> ofFour(shape, wanted);
      case 3 -> shape[1] < 4 || shape[2] < 4 ? Optional.empty()
          : Optional.of(new PictureOutput(List.of(1L, shape[1], shape[2]), Layout.NCHW, 1, (int) shape[1], (int) shape[2]));
      case 2 -> ofRow(shape[1], wanted);
      default -> Optional.empty();
    };
  }

  private static Optional<PictureOutput> ofFour(long[] shape, Optional<Layout> wanted) {
    boolean first = isColour(shape[1]) && shape[2] > 1 && shape[3] > 1;
    boolean last = isColour(shape[3]) && shape[1] > 1 && shape[2] > 1;
    if (!first && !last) {
      return Optional.empty();
    }
    Layout layout = first && last ? wanted.orElse(Layout.NCHW) : first ? Layout.NCHW : Layout.NHWC;
    return Optional.of(layout == Layout.NCHW
        ? new PictureOutput(List.of(), layout, (int) shape[1], (int) shape[2], (int) shape[3])
        : new PictureOutput(List.of(), layout, (int) shape[3], (int) shape[1], (int) shape[2]));
  }

  /// A row of a square grey or colour picture.
  private static Optional<PictureOutput> ofRow(long numbers, Optional<Layout> wanted) {
    for (int channels : new int[] {1, 3}) {
      long side = Math.round(Math.sqrt((double) numbers / channels));
      if (side >= 8 && channels * side * side == numbers) {
        Layout layout = wanted.orElse(Layout.NCHW);
        List<Long> row = layout == Layout.NCHW ? List.of((long) channels, side, side) : List.of(side, side, (long) channels);
        return Optional.of(new PictureOutput(row, layout, channels, (int) side, (int) side));
      }
    }
    return Optional.empty();
  }

  private static boolean isColour(long channels) {
    return channels == 1 || channels == 3;
  }

  /// Finds the range by the function that ends the graph, or else by its values.
  static Range range(OnnxGraph graph, String output, OnnxValue values) {
    Optional<String> last = lastOperator(graph, output);
    if (last.equals(Optional.of("Sigmoid"))) {
      return new Range(new OutputRange(0, 1), "a sigmoid ends the graph");
    }
    if (last.equals(Optional.of("Tanh"))) {
      return new Range(new OutputRange(-1, 1), "a tanh ends the graph");
    }
    FloatBuffer floats = values.floats();
    float[] sorted = new float[floats.remaining()];
    floats.get(sorted);
    Arrays.sort(sorted);
    float low = sorted[(int) (FEW * (sorted.length - 1))];
    float high = sorted[(int) ((1 - FEW) * (sorted.length - 1))];
    OutputRange range = high > 4 ? new OutputRange(0, 255) : low < -0.25 ? new OutputRange(-1, 1) : new OutputRange(0, 1);
    return new Range(range, String.format(java.util.Locale.ROOT, "samples lie in %.3g to %.3g", low, high));
  }

  private static Optional<String> lastOperator(OnnxGraph graph, String output) {
    Map<String, OnnxNode> producers = graph.producers();
    OnnxNode node = producers.get(output);
    while (node != null && PASSING.contains(node.operator())) {
      node = producers.get(node.inputs().getFirst());
    }
    return Optional.ofNullable(node).map(OnnxNode::operator);
  }
}
