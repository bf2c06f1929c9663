package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.gguf.GgufImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A GGUF file of each architecture, written by ggml's own package, answers as Transformers answers with the
/// checkpoint it was made from.
class GgufModelsTest {

  @TempDir
  private Path root;

  @ParameterizedTest
  @CsvSource({"tiny-llama", "tiny-llama-scaled", "tiny-qwen2", "tiny-qwen3"})
  void answersAsTransformersDoes(String name) throws IOException {
    TinyModel model = TinyModel.read(name);
    var options = new ImportOptions(name, "1.0.0", "Apache-2.0", "test", "Tiny.", WeightForm.REPRODUCIBLE, 2048);

    var imported = GgufImporter.importModel(
        model.folder().resolve("model.gguf"), root.resolve(name), options, Progress.NONE);

    assertThat(imported.form()).as("a file of floats is exact in float32 only").isEqualTo("float32");
    assertThat(imported.folder().manifest().languageModel().contextLength()).isEqualTo(256);
    assertThat(imported.folder().manifest().languageModel().stopTokens()).contains("<|im_end|>");
    assertThat(imported.folder().file("chat_template.jinja")).exists();
    new AgreesWithReference(imported.folder(), model, AgreesWithReference.EXACT).check();
  }
}
