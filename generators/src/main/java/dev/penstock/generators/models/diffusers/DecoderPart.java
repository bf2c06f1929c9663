package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.oneshot.AdaptedGraph;
import dev.penstock.generators.models.oneshot.OneShotGraph;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The decoder of an autoencoder, from `vae_decoder`.
record DecoderPart(Path folder, Denoiser denoiser) {

  private static final String NAME = "vae_decoder.onnx";

  /// @throws ModelImportException it is missing, damaged, or makes no pictures of the U-Net's samples
  Decoder write(Path draft) throws IOException {
    OneShotGraph graph = OneShotGraph.read(DiffusersImporter.existing(folder.resolve("model.onnx")));
    LatentScale scale = LatentScale.read(folder);
    if (graph.graph().inputs().size() != 1) {
      throw new ModelImportException(graph.file() + " has " + graph.graph().inputs().size() + " inputs; the latents alone are needed.");
    }
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    String input = adapted.picture(graph.graph().inputs().getFirst());
    String output = adapted.output(graph.graph().outputs().getFirst(), List.of());
    String file = graph.write(adapted, draft, NAME);
    long[] made = tried(graph, draft.resolve(file), input, output);
    return new Decoder(file, input, output, scale.scaling(), scale.shift(), (int) made[2], (int) made[3]);
  }

  private long[] tried(OneShotGraph graph, Path written, String input, String output) {
    float[] zeros = new float[denoiser.channels() * denoiser.height() * denoiser.width()];
    try (OnnxSession session = graph.load(written);
        OnnxValue latent = OnnxValue.copyOf(zeros, 1, denoiser.channels(), denoiser.height(), denoiser.width())) {
      OnnxValue made = session.run(Map.of(input, latent)).get(output);
      if (made == null || made.shape().length != 4 || made.shape()[1] != 3) {
        throw new ModelImportException(graph.file() + " makes " + made + "; pictures with 3 channels are needed.");
      }
      return made.shape();
    } catch (InferenceException failed) {
      throw new ModelImportException(graph.file() + " does not run with the U-Net's samples, "
          + Arrays.asList(denoiser.channels(), denoiser.height(), denoiser.width()) + ": " + failed.getMessage(), failed);
    }
  }
}
