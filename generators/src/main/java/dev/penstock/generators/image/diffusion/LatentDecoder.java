package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.onnx.OnnxSession;

/// Makes pictures of finished samples, one a run. Any thread.
final class LatentDecoder implements AutoCloseable {

  private final Decoder decoder;
  private final RowGraph graph;

  /// @param session closed by this
  /// @throws InvalidModelException the graph does not take or make what the manifest promises
  LatentDecoder(DiffusionSection section, Decoder decoder, OnnxSession session) {
    this.decoder = decoder;
    this.graph =
        new RowGraph("decoder", session, decoder.input(), new long[] {1, section.channels(), section.height(), section.width()},
            decoder.output(), new long[] {1, 3, decoder.height(), decoder.width()});
    decode(new float[section.channels() * section.height() * section.width()]);
  }

  /// @param sample float32 `[channels * height * width]`
  /// @return float32 `[3 * picture height * picture width]`
  float[] decode(float[] sample) {
    float[] latent = new float[sample.length];
    for (int i = 0; i < latent.length; i++) latent[i] = (float) (sample[i] / decoder.scaling() + decoder.shift());
    return graph.run(latent);
  }

  @Override
  public void close() {
    graph.close();
  }
}
