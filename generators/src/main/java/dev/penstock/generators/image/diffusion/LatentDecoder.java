package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.util.Arrays;
import java.util.Map;

/// Makes pictures of finished samples, one a run. One thread.
final class LatentDecoder implements AutoCloseable {

  private final DiffusionSection section;
  private final Decoder decoder;
  private final OnnxSession session;

  /// @param session closed by this
  /// @throws InvalidModelException the graph does not make what the manifest promises
  LatentDecoder(DiffusionSection section, Decoder decoder, OnnxSession session) {
    this.section = section;
    this.decoder = decoder;
    this.session = session;
    decode(new float[section.channels() * section.height() * section.width()]);
  }

  /// @param sample float32 `[channels * height * width]`
  /// @return float32 `[3 * picture height * picture width]`
  float[] decode(float[] sample) {
    float[] latent = new float[sample.length];
    for (int i = 0; i < latent.length; i++) latent[i] = (float) (sample[i] / decoder.scaling() + decoder.shift());
    try (OnnxValue input = OnnxValue.copyOf(latent, 1, section.channels(), section.height(), section.width())) {
      OnnxValue output = session.run(Map.of(decoder.input(), input)).get(decoder.output());
      long[] expected = {1, 3, decoder.height(), decoder.width()};
      if (output == null || !Arrays.equals(output.shape(), expected))
        throw new InvalidModelException(
            "The decoder makes " + output + " in " + decoder.output() + "; the manifest promises " + Arrays.toString(expected) + ".");
      float[] picture = new float[output.size()];
      output.floats().get(picture);
      return picture;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
