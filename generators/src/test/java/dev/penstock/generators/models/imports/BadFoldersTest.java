package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.audio.Voices;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.diffusers.DiffusersImporter;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.generators.models.oneshot.OneShotImporter;
import dev.penstock.generators.models.piper.PiperImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.onnx.GraphWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified, for each kind of folder that carries graphs: one that is cut short, and one of foreign operators or inputs, give one sentence that names the file or the operator, and nothing half-written stays.
class BadFoldersTest {

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      GENAI                | tiny-genai-int4 | model.onnx              | is not readable as ONNX | has no input past_key_values.0.key; it has [z]
      ONNX                 | tiny-genai-fp32 | model.onnx              | is not readable as ONNX | has no input past_key_values.0.key; it has [z]
      TOKEN_CLASSIFICATION | tiny-bert-ner   | model.onnx              | is damaged: it is no readable ONNX file | needs the operator Dream of the domain com.example
      DIFFUSERS            | tiny-pixels     | unet/model.onnx         | is not readable as ONNX | needs the operator Dream of the domain com.example
      DIFFUSERS            | tiny-latent     | text_encoder/model.onnx | is not readable as ONNX | needs the operator Dream of the domain com.example
      DIFFUSERS            | tiny-latent     | vae_encoder/model.onnx  | is not readable as ONNX | needs the operator Dream of the domain com.example
      DIFFUSERS            | tiny-latent     | vae_decoder/model.onnx  | is not readable as ONNX | needs the operator Dream of the domain com.example
      PIPER                | tiny-voice      | tiny-voice.onnx         | is not readable as ONNX | its inputs are [z]; input, input_lengths, scales
      """)
  void aGraphThatIsCutShortOrNotKnownIsNamed(ModelKind kind, String name, String graph, String cut, String unknown) throws IOException {
    Path folder = original(kind, name);
    byte[] whole = Files.readAllBytes(folder.resolve(graph));
    Files.write(folder.resolve(graph), Arrays.copyOf(whole, whole.length / 2));
    refused(kind, folder, cut);

    Files.write(folder.resolve(graph), new GraphWriter()
        .input("z", GraphWriter.FLOAT32, "batch", 5)
        .output("picture", GraphWriter.FLOAT32, "batch", 64)
        .node("com.example", "Dream", List.of("z"), List.of("picture"))
        .bytes());
    refused(kind, folder, unknown);
  }

  private void refused(ModelKind kind, Path folder, String words) throws IOException {
    assertThatThrownBy(() -> imported(kind, folder)).isInstanceOf(ModelException.class).hasMessageContaining(words);
    Path models = root.resolve("models");
    if (Files.exists(models)) {
      try (Stream<Path> left = Files.list(models)) {
        assertThat(left).isEmpty();
      }
    }
  }

  private void imported(ModelKind kind, Path folder) {
    assertThat(ModelKind.of(folder)).isEqualTo(kind);
    Path target = root.resolve("models/mine");
    var options = new ImportOptions("mine", "1.0.0", "MIT", "test", "Mine.", WeightForm.REPRODUCIBLE, 128);
    switch (kind) {
      case DIFFUSERS -> DiffusersImporter.importModel(folder, target, new OneShotImporter.Naming("mine", "MIT", "test"), _ -> {});
      case PIPER -> PiperImporter.importVoice(folder, target, options, Progress.NONE);
      case GGUF, GENAI, CHECKPOINT, ONNX, TOKEN_CLASSIFICATION, ONE_SHOT -> ModelImporter.importModel(folder, target, options, Progress.NONE);
    }
  }

  private Path original(ModelKind kind, String name) throws IOException {
    Path target = Files.createDirectory(root.resolve("original"));
    if (kind == ModelKind.PIPER) {
      Voices.original(name, target);
      return target;
    }
    Path folder = kind == ModelKind.DIFFUSERS ? TinyModel.folder("../diffusers/" + name) : TinyModel.folder(name);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = target.resolve(folder.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    if (kind == ModelKind.ONNX) {
      Files.delete(target.resolve("genai_config.json"));
      Files.copy(TinyModel.folder("tiny-llama").resolve("config.json"), target.resolve("config.json"));
    }
    return target;
  }
}
