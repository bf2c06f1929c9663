package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.DiffusionSection.Encoder;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.onnx.OnnxSession;

/// Makes samples of pictures, one a run, as [LatentDecoder] makes pictures of samples. Any thread.
final class LatentEncoder implements AutoCloseable {

  private final Decoder decoder;
  private final RowGraph graph;

  /// @param decoder says how samples are scaled
  /// @param session closed by this
  /// @throws InvalidModelException the graph does not take or make what the manifest promises
  LatentEncoder(DiffusionSection section, Decoder decoder, Encoder encoder, OnnxSession session) {
    this.decoder = decoder;
    this.graph =
        new RowGraph("encoder", session, encoder.input(), new long[] {1, 3, decoder.height(), decoder.width()},
            encoder.output(), new long[] {1, section.channels(), section.height(), section.width()});
    encode(new float[3 * decoder.height() * decoder.width()]);
  }

  /// @param picture float32 `[3 * picture height * picture width]` in the model's range
  /// @return float32 `[channels * height * width]`
  float[] encode(float[] picture) {
    float[] sample = graph.run(picture);
    for (int i = 0; i < sample.length; i++) sample[i] = (float) ((sample[i] - decoder.shift()) * decoder.scaling());
    return sample;
  }

  @Override
  public void close() {
    graph.close();
  }
}
