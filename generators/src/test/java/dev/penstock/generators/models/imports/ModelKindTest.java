package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A path is recognised by what is in it and imported; what is nothing of the kind is refused with what would be.
class ModelKindTest {

  @TempDir
  private Path root;

  @ParameterizedTest
  @CsvSource({"tiny-llama, CHECKPOINT", "tiny-qwen3, CHECKPOINT", "tiny-genai-int4, GENAI", "tiny-llama/model.gguf, GGUF"})
  void recognisesAndImports(Path path, ModelKind kind) {
    Path model = TinyModel.folder("tiny-llama").resolveSibling(path.toString());
    var options = new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "Tiny.", WeightForm.REPRODUCIBLE, 64);

    assertThat(ModelKind.of(model)).isEqualTo(kind);
    var imported = ModelImporter.importModel(model, root.resolve("tiny"), options, Progress.NONE);
    assertThat(imported.folder().manifest().languageModel().contextLength()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      model.safetensors | model.safetensors is one file of a model; name the folder that holds it
      weights.bin       | weights.bin is nothing that can be imported; a GGUF file of llama.cpp, a folder of onnxruntime-genai
      """)
  void refusesSingleFiles(String name, String sentence) throws IOException {
    Path file = Files.writeString(root.resolve(name), "GGU");

    assertThatThrownBy(() -> ModelKind.of(file)).isInstanceOf(ModelImportException.class).hasMessageContaining(sentence);
  }

  @Test
  void takesAGraphForOneOfALanguageModelIfATokenizerLiesBeside() throws IOException {
    Path file = Files.writeString(root.resolve("model.onnx"), "");

    assertThat(ModelKind.of(file)).isEqualTo(ModelKind.ONE_SHOT);
    Files.createFile(root.resolve("tokenizer.json"));
    assertThatThrownBy(() -> ModelKind.of(file)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining("model.onnx is one file of a model; name the folder that holds it");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      pytorch_model.bin | keeps its weights in pytorch_model.bin, a format that can run programs; save the model again
      readme.txt        | is nothing that can be imported
      """)
  void refusesOtherFolders(String name, String sentence) throws IOException {
    Files.createFile(root.resolve(name));

    assertThatThrownBy(() -> ModelKind.of(root)).isInstanceOf(ModelImportException.class)
        .hasMessageStartingWith(root.toString()).hasMessageContaining(sentence);
  }

  @Test
  void saysWhenThereIsNothing() {
    assertThatThrownBy(() -> ModelKind.of(root.resolve("none"))).isInstanceOf(ModelImportException.class)
        .hasMessage(root.resolve("none") + " does not exist.");
  }

  @ParameterizedTest
  @CsvSource({"Qwen3-0.6B-Q8_0.gguf, qwen3-0.6b-q8_0", "/a/My Model (v2), my-model-v2-", "/a/b/.., a", "/, model"})
  void namesAModelAfterItsFile(Path path, String name) {
    assertThat(ModelImporter.nameOf(path)).isEqualTo(name);
  }
}
