package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Betas;
import dev.penstock.generators.models.DiffusionSection.Prediction;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.onnx.GraphWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Denoisers for tests, 8 x 8 pixels of grey: what they predict is a formula of the sample, the timestep and the words.
final class DiffusionModels {

  static final int WORDS = 6;

  private DiffusionModels() {}

  static ModelFolder write(Path folder, Prediction prediction, @Nullable Betas betas) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("denoiser.onnx"), graph());
    List<Scheduler> fitting = Arrays.stream(Scheduler.values()).filter(each -> each.fits(prediction)).toList();
    DiffusionSection section =
        new DiffusionSection(
            new DiffusionSection.Graph("denoiser.onnx", "sample", "timestep", "words", "mask", "prediction"),
            WORDS, 1, 8, 8, new OutputRange(-1, 1), prediction, 1, betas, fitting);
    ModelManifest manifest =
        new ModelManifest(
            "test-diffusion", "1.0.0", Modality.IMAGE, "Apache-2.0", "test", "For tests.",
            Map.of("denoiser.onnx", Sha256.of(folder.resolve("denoiser.onnx"))), new ModelParameters(Map.of()), section, Map.of());
    Files.writeString(folder.resolve(ModelManifest.FILE_NAME), manifest.toYaml());
    return ModelFolder.open(folder);
  }

  /// tanh(sample / 2 + timestep / 3 + sum of the masked words' first numbers).
  private static byte[] graph() {
    return new GraphWriter()
        .input("sample", GraphWriter.FLOAT32, "batch", 1, 8, 8)
        .input("timestep", GraphWriter.FLOAT32, "batch")
        .input("words", GraphWriter.FLOAT32, "batch", WORDS, 384)
        .input("mask", GraphWriter.FLOAT32, "batch", WORDS)
        .output("prediction", GraphWriter.FLOAT32, "batch", 1, 8, 8)
        .floats("half", new float[] {0.5f})
        .floats("third", new float[] {1 / 3f})
        .longs("row", new long[] {-1, 1, 1, 1}, 4)
        .longs("last", new long[] {2}, 1)
        .longs("second", new long[] {1}, 1)
        .longs("from", new long[] {0}, 1)
        .longs("to", new long[] {4}, 1)
        .node("Slice", List.of("words", "from", "to", "last"), List.of("some"))
        .node("ReduceSum", List.of("some", "last"), List.of("each"), "keepdims", 0)
        .node("Mul", List.of("each", "mask"), List.of("there"))
        .node("ReduceSum", List.of("there", "second"), List.of("gist"))
        .node("Reshape", List.of("gist", "row"), List.of("g"))
        .node("Reshape", List.of("timestep", "row"), List.of("t"))
        .node("Mul", List.of("t", "third"), List.of("u"))
        .node("Mul", List.of("sample", "half"), List.of("x"))
        .node("Add", List.of("x", "u"), List.of("y"))
        .node("Add", List.of("y", "g"), List.of("z"))
        .node("Tanh", List.of("z"), List.of("prediction"))
        .bytes();
  }
}
