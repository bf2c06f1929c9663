package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.JsonFile;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.oneshot.AdaptedGraph;
import dev.penstock.generators.models.oneshot.OneShotGraph;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The U-Net of a folder: its sizes from `config.json`, the rest from its graph and a trial.
///
/// @param channels of a sample
/// @param wordSize numbers of a token's state; 0 without words
record Denoiser(OneShotGraph graph, int channels, int height, int width, int wordSize, OnnxValueInfo sample, OnnxValueInfo timestep,
    Optional<OnnxValueInfo> text) {

  private static final long MAX_BYTES = 1 << 20;
  private static final String NAME = "unet.onnx";
  /// How far rows may be from rows that run alone: kernels differ, timesteps differ more.
  private static final double NEAR = 1e-3;

  /// The graph in the model folder.
  ///
  /// @param shared whether all rows of a run share one timestep
  record Written(String file, String sample, String timestep, boolean shared, @Nullable String text, String output) {}

  /// @throws ModelImportException a file is missing or damaged, or the graph needs what is not known
  static Denoiser read(Path folder) {
    JsonFile config = JsonFile.read(folder.resolve("config.json"), MAX_BYTES);
    OneShotGraph graph = OneShotGraph.read(DiffusersImporter.existing(folder.resolve("model.onnx")));
    List<OnnxValueInfo> open = new ArrayList<>(graph.graph().inputs());
    OnnxValueInfo sample = take(graph, open, "sample");
    OnnxValueInfo timestep = take(graph, open, "timestep");
    Optional<OnnxValueInfo> text = open.stream().filter(info -> info.name().equals("encoder_hidden_states")).findFirst();
    text.ifPresent(open::remove);
    if (!open.isEmpty()) {
      throw new ModelImportException(graph.file() + " needs the input " + open.getFirst().name()
          + "; sample, timestep and encoder_hidden_states can be given to it.");
    }
    int channels = config.size("in_channels");
    if (config.optionalSize("out_channels").orElse(channels) != channels) {
      throw config.refused("out_channels is " + config.size("out_channels") + " and in_channels " + channels + "; equal ones are needed");
    }
    int wordSize = text.map(info -> words(config, info)).orElse(0);
    return new Denoiser(graph, channels, side(config, 0), side(config, 1), wordSize, sample, timestep, text);
  }

  private static int words(JsonFile config, OnnxValueInfo info) {
    long declared = info.dimension(2);
    return declared > 0 ? Math.toIntExact(declared) : config.size("cross_attention_dim");
  }

  private static int side(JsonFile config, int which) {
    return config.has("sample_size") && config.node().get("sample_size").isArray()
        ? config.node().get("sample_size").path(which).asInt() : config.size("sample_size");
  }

  private static OnnxValueInfo take(OneShotGraph graph, List<OnnxValueInfo> inputs, String name) {
    OnnxValueInfo found = inputs.stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow(
        () -> new ModelImportException(graph.file() + " has no input " + name + "; it has "
            + inputs.stream().map(OnnxValueInfo::name).toList() + "."));
    inputs.remove(found);
    return found;
  }

  /// Writes the graph with the inputs that the family feeds.
  Written write(Path draft) throws IOException {
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    String latent = adapted.picture(sample);
    String time = adapted.timestep(timestep);
    @Nullable String words = text.isPresent() ? adapted.picture(text.get()) : null;
    String output = adapted.output(graph.graph().outputs().getFirst(), List.of());
    String file = graph.write(adapted, draft, NAME);
    try (OnnxSession session = graph.load(draft.resolve(file))) {
      return new Written(file, latent, time, isShared(session, latent, time, words, output), words, output);
    } catch (InferenceException failed) {
      throw new ModelImportException(graph.file() + " does not run: " + failed.getMessage(), failed);
    }
  }

  /// Tries rows with timesteps of their own against rows alone.
  private boolean isShared(OnnxSession session, String latent, String time, @Nullable String words, String output) {
    if (timestep.dimensions().isEmpty() || timestep.dimension(0) == 1) {
      return true;
    }
    float[] first = run(session, inputs(latent, time, words, 7), output);
    float[] second = run(session, inputs(latent, time, words, 900), output);
    float[] both;
    try {
      both = run(session, inputs(latent, time, words, 7, 900), output);
    } catch (InferenceException onlyOne) {
      return true;
    }
    double most = 0;
    for (int i = 0; i < first.length; i++) {
      most = Math.max(most, Math.max(Math.abs(both[i] - first[i]), Math.abs(both[first.length + i] - second[i])));
    }
    return most > NEAR;
  }

  private Map<String, OnnxValue> inputs(String latent, String time, @Nullable String words, float... timesteps) {
    int rows = timesteps.length;
    int size = channels * height * width;
    float[] noise = new float[rows * size];
    float[] states = new float[rows * 4 * wordSize];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(LatentDraw.normal(1, size), 0, noise, row * size, size);
    }
    Arrays.fill(states, 0.1f);
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put(latent, OnnxValue.copyOf(noise, rows, channels, height, width));
    inputs.put(time, OnnxValue.copyOf(timesteps, rows));
    if (words != null) {
      int tokens = text.map(info -> info.dimension(1)).filter(given -> given > 0).map(Math::toIntExact).orElse(4);
      inputs.put(words, OnnxValue.copyOf(Arrays.copyOf(states, rows * tokens * wordSize), rows, tokens, wordSize));
    }
    return inputs;
  }

  private static float[] run(OnnxSession session, Map<String, OnnxValue> inputs, String output) {
    OnnxValue value = session.run(inputs).get(output);
    if (value == null) {
      throw new ModelImportException("The U-Net makes no " + output + ".");
    }
    float[] floats = new float[value.size()];
    value.floats().get(floats);
    return floats;
  }
}
