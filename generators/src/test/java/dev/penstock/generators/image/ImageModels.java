package dev.penstock.generators.image;

import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.OneShotImageSection.Condition;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.ParameterSpec;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import dev.penstock.generators.onnx.GraphWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A small one-shot image model for tests: three classes, random weights, one matrix and a sigmoid, 4 x 6 pixels.
final class ImageModels {

  static final int LATENT = 5;
  static final List<String> LABELS = List.of("sneaker", "bag", "dress");

  private ImageModels() {}

  static ModelFolder write(Path folder) throws IOException {
    Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
    parameters.put("class", new StringParameter(LABELS, null, ""));
    parameters.put("truncation", new NumberParameter(0.1, 1.5, 1.0, ""));
    parameters.put("size", new IntegerParameter(8, 512, null, ""));
    OneShotImageSection section =
        new OneShotImageSection(
            "decoder.onnx", LATENT, LatentDistribution.NORMAL, "latent", "label", "image", new OutputRange(0, 1),
            Layout.NCHW, LABELS, List.of("a sneaker or running shoe", "a bag or handbag", "a dress or gown"));
    return write(folder, graph(Map.of("label", LABELS.size()), 1), parameters, section);
  }

  /// In colour, conditional on object and colour, its latent vector uniform.
  static ModelFolder writeProducts(Path folder) throws IOException {
    List<Condition> conditions =
        List.of(
            new Condition("object", "object", List.of("mug", "chair"), List.of("a mug or cup", "a chair or armchair")),
            new Condition("colour", "colour", List.of("red", "blue", "white"), List.of("the colour red", "the colour blue", "the colour white")));
    Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
    Map<String, Integer> inputs = new LinkedHashMap<>();
    for (Condition condition : conditions) {
      parameters.put(condition.parameter(), new StringParameter(condition.labels(), null, ""));
      inputs.put(condition.input(), condition.labels().size());
    }
    OneShotImageSection section =
        new OneShotImageSection(
            "decoder.onnx", LATENT, LatentDistribution.UNIFORM, "latent", conditions, "image", new OutputRange(0, 1),
            Layout.NCHW);
    return write(folder, graph(inputs, 3), parameters, section);
  }

  private static ModelFolder write(
      Path folder, byte[] graph, Map<String, ParameterSpec> parameters, OneShotImageSection section) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("decoder.onnx"), graph);
    ModelManifest manifest =
        new ModelManifest(
            "test-picture", "1.0.0", Modality.IMAGE, "Apache-2.0", "test", "For tests.",
            Map.of("decoder.onnx", sha256(graph)), new ModelParameters(parameters), section, Map.of());
    Files.writeString(folder.resolve(ModelManifest.FILE_NAME), manifest.toYaml());
    return ModelFolder.open(folder);
  }

  private static byte[] graph(Map<String, Integer> labelInputs, int channels) {
    int inputs = LATENT + labelInputs.values().stream().mapToInt(Integer::intValue).sum();
    float[] weights = new float[inputs * channels * 24];
    Random random = new Random(7);
    for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextGaussian();
    List<String> names = new ArrayList<>(List.of("latent"));
    names.addAll(labelInputs.keySet());
    GraphWriter writer = new GraphWriter().input("latent", GraphWriter.FLOAT32, "batch", LATENT);
    labelInputs.forEach((name, size) -> writer.input(name, GraphWriter.FLOAT32, "batch", size));
    return writer
        .output("image", GraphWriter.FLOAT32, "batch", channels, 4, 6)
        .floats("weights", weights, inputs, channels * 24)
        .longs("shape", new long[] {-1, channels, 4, 6}, 4)
        .node("Concat", names, List.of("x"), "axis", 1)
        .node("MatMul", List.of("x", "weights"), List.of("y"))
        .node("Sigmoid", List.of("y"), List.of("z"))
        .node("Reshape", List.of("z", "shape"), List.of("image"))
        .bytes();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
