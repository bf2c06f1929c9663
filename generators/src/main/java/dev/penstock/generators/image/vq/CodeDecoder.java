package dev.penstock.generators.image.vq;

import dev.penstock.generators.image.Picture;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.onnx.TensorInfo;
import java.util.Map;

/// Makes the picture of a row of codes, one at a time: a picture's numbers cannot depend on another's.
final class CodeDecoder implements AutoCloseable {

  private final OnnxSession session;
  private final int places;
  private final Picture.Shape shape;

  /// @param session closed by this
  /// @throws InvalidModelException if the graph makes no pictures
  CodeDecoder(VqImageSection section, OnnxSession session) {
    this.session = session;
    this.places = section.places();
    TensorInfo input = session.inputs().get("codes");
    if (input == null || input.shape().size() != 2 || input.shape().getLast() >= 0 && input.shape().getLast() != places)
      throw new InvalidModelException(
          "The manifest promises codes of [-1, %d] for vqImage.places, and the decoder %s takes %s."
              .formatted(places, session.name(), session.inputs()));
    try (OnnxValue codes = OnnxValue.copyOf(new long[places], 1, places)) {
      OnnxValue image = session.run(Map.of("codes", codes)).get("image");
      if (image == null)
        throw new InvalidModelException("The decoder has the outputs " + session.outputs().keySet() + "; image is needed.");
      this.shape = Picture.Shape.of(image.shape(), Layout.NCHW);
    }
  }

  Picture.Shape shape() {
    return shape;
  }

  /// @return float32 in the decoder's own layout and range, owned by the caller
  float[] picture(long[] codes) {
    try (OnnxValue input = OnnxValue.copyOf(codes, 1, places)) {
      float[] picture = new float[shape.elements()];
      session.run(Map.of("codes", input)).get("image").floats().get(0, picture);
      return picture;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
