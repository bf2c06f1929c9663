package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.image.ManifestCheck;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.util.Arrays;
import java.util.Map;

/// A graph of one float32 input and one float32 output, one row a run. Any thread.
final class RowGraph implements AutoCloseable {

  private final String what;
  private final OnnxSession session;
  private final String input;
  private final long[] from;
  private final String output;
  private final long[] to;

  /// @param what its key in the manifest, and what a sentence calls it
  /// @param session closed by this
  /// @param from shape of the input, its batch 1
  /// @param to shape of the output, its batch 1
  /// @throws InvalidModelException the graph does not take or make what the manifest promises
  RowGraph(String what, OnnxSession session, String input, long[] from, String output, long[] to) {
    this.what = what;
    this.session = session;
    this.input = input;
    this.from = from;
    this.output = output;
    this.to = to;
    ManifestCheck.input(session, "diffusion." + what + ".input", input, from);
    if (!session.outputs().containsKey(output))
      throw new InvalidModelException("diffusion." + what + ".output is " + output + "; the graph has " + session.outputs().keySet() + ".");
  }

  /// @throws InvalidModelException the graph does not make what the manifest promises
  float[] run(float[] values) {
    try (OnnxValue given = OnnxValue.copyOf(values, from)) {
      OnnxValue made = session.run(Map.of(input, given)).get(output);
      if (made == null || !Arrays.equals(made.shape(), to))
        throw new InvalidModelException(
            "The " + what + " makes " + made + " in " + output + "; the manifest promises " + Arrays.toString(to) + ".");
      float[] numbers = new float[made.size()];
      made.floats().get(numbers);
      return numbers;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
