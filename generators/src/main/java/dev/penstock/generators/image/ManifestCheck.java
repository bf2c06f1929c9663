package dev.penstock.generators.image;

import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.TensorInfo;
import java.util.Arrays;

/// Holds what a manifest says of a graph's inputs against the graph; a contradiction is a sentence that names both.
public final class ManifestCheck {

  private ManifestCheck() {}

  /// @param key   of the manifest, which names the input
  /// @param shape float32 dimensions that the manifest promises, -1 for any
  /// @throws InvalidModelException the graph has no such input, or takes something else
  public static void input(OnnxSession session, String key, String name, long... shape) {
    TensorInfo found = session.inputs().get(name);
    if (found == null)
      throw new InvalidModelException(
          "%s is %s; the graph %s has the inputs %s.".formatted(key, name, session.name(), String.join(", ", session.inputs().keySet())));
    boolean fits = found.type().equals("FLOAT32") && found.shape().size() == shape.length;
    for (int i = 0; fits && i < shape.length; i++)
      fits = shape[i] < 0 || found.shape().get(i) < 0 || found.shape().get(i) == shape[i];
    if (!fits)
      throw new InvalidModelException(
          "The manifest promises FLOAT32 %s for %s, and the graph %s takes %s in its input %s."
              .formatted(Arrays.toString(shape), key, session.name(), found, name));
  }
}
