package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.DiffusionSection.Encoder;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.oneshot.AdaptedGraph;
import dev.penstock.generators.models.oneshot.OneShotGraph;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The encoder of an autoencoder, from `vae_encoder`, as a graph that gives one latent of a picture, always the same: of means
/// and log variances one after the other (Optimum's `latent_parameters`) the means are kept, and so they are where the graph
/// would draw a latent itself (`latent_sample` of older exports).
record EncoderPart(Path folder, Denoiser denoiser, Decoder decoder) {

  private static final String NAME = "vae_encoder.onnx";
  private static final List<String> OUTPUTS = List.of("latent_parameters", "latent_sample");
  private static final String WAY_OUT = "; without vae_encoder the folder can be imported, and prompts bring no picture then";
  /// How far two runs may be apart: kernels differ with the graph around them, draws differ more.
  private static final double NEAR = 1e-3;

  /// What a graph made.
  private record Made(long[] shape, float[] values) {}

  /// @throws ModelImportException it is damaged, makes no latents of the U-Net's shape, or not the same at every run
  Encoder write(Path draft) throws IOException {
    if (Files.isRegularFile(folder.resolve("config.json"))) {
      new LatentScale(decoder.scaling(), decoder.shift()).checkSame(folder);
    }
    OneShotGraph graph = OneShotGraph.read(DiffusersImporter.existing(folder.resolve("model.onnx")));
    OnnxValueInfo latent = latent(graph);
    Path trial = Files.createDirectory(draft.resolve("trial"));
    Encoder whole = written(graph, latent, false, trial);
    Made first = run(graph, trial.resolve(NAME), whole);
    FileTree.delete(trial);
    Encoder encoder = written(graph, latent, hasVariances(graph, first.shape), draft);
    checkSame(graph, first, run(graph, draft.resolve(NAME), encoder));
    return encoder;
  }

  private static OnnxValueInfo latent(OneShotGraph graph) {
    List<OnnxValueInfo> inputs = graph.graph().inputs();
    List<OnnxValueInfo> outputs = graph.graph().outputs();
    if (inputs.size() != 1 || outputs.isEmpty()) {
      throw new ModelImportException(graph.file() + " has the inputs " + names(inputs) + " and the outputs " + names(outputs)
          + "; a picture alone, and a latent, are needed" + WAY_OUT + ".");
    }
    OnnxValueInfo named = outputs.stream().filter(info -> OUTPUTS.contains(info.name())).findFirst().orElse(outputs.getFirst());
    DrawnLatent drawn = new DrawnLatent(graph.graph(), named);
    OnnxValueInfo mean = drawn.mean();
    drawn.drawnBy(mean).ifPresent(operator -> {
      throw new ModelImportException(graph.file() + " draws with " + operator + " in another way than mean + deviation * noise, so its "
          + named.name() + " cannot be made the same at every run" + WAY_OUT + ".");
    });
    return mean;
  }

  private static List<String> names(List<OnnxValueInfo> values) {
    return values.stream().map(OnnxValueInfo::name).toList();
  }

  /// @param halved whether the first half of the channels is kept
  private Encoder written(OneShotGraph graph, OnnxValueInfo latent, boolean halved, Path target) throws IOException {
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    String input = adapted.picture(graph.graph().inputs().getFirst());
    String output = halved ? adapted.firstChannels(latent, denoiser.channels()) : adapted.output(latent, List.of());
    return new Encoder(graph.write(adapted, target, NAME), input, output);
  }

  private boolean hasVariances(OneShotGraph graph, long[] made) {
    long[] wanted = {1, denoiser.channels(), denoiser.height(), denoiser.width()};
    long[] both = wanted.clone();
    both[1] *= 2;
    if (!Arrays.equals(made, wanted) && !Arrays.equals(made, both)) {
      throw new ModelImportException("%s makes %s of a picture of %s; the U-Net takes latents of %s, which may come as means and log"
          .formatted(graph.file(), Arrays.toString(made), Arrays.toString(picture()), Arrays.toString(wanted))
          + " variances of " + Arrays.toString(both) + WAY_OUT + ".");
    }
    return Arrays.equals(made, both);
  }

  /// @param whole what the graph made before; its first numbers are the latent
  private static void checkSame(OneShotGraph graph, Made whole, Made latent) {
    for (int i = 0; i < latent.values.length; i++) {
      double difference = Math.abs(latent.values[i] - whole.values[i]);
      if (!(difference <= NEAR * Math.max(1, Math.abs(whole.values[i])))) {
        throw new ModelImportException(graph.file() + " makes another latent of the same picture at another run: " + latent.values[i]
            + " where it was " + whole.values[i] + WAY_OUT + ".");
      }
    }
  }

  private long[] picture() {
    return new long[] {1, 3, decoder.height(), decoder.width()};
  }

  private Made run(OneShotGraph graph, Path written, Encoder encoder) {
    float[] noise = LatentDraw.normal(1, 3 * decoder.height() * decoder.width());
    try (OnnxSession session = graph.load(written); OnnxValue picture = OnnxValue.copyOf(noise, picture())) {
      OnnxValue made = session.run(Map.of(encoder.input(), picture)).get(encoder.output());
      if (made == null) {
        throw new ModelImportException(graph.file() + " makes no " + encoder.output() + ".");
      }
      float[] values = new float[made.size()];
      made.floats().get(values);
      return new Made(made.shape(), values);
    } catch (InferenceException failed) {
      throw new ModelImportException(graph.file() + " does not run with pictures of " + Arrays.toString(picture())
          + ", which the decoder makes: " + failed.getMessage(), failed);
    }
  }
}
