package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `penstock models add` says of a language model what was read, in which form the weights are and how far from the
/// file's own.
class ImportReportTest {

  private static final Path MODELS = Path.of("../generators/src/test/resources/dev/penstock/generators/models/imports");

  @TempDir private Path root;

  private List<String> imported(String model, String form) {
    return new ImportReport(MODELS.resolve(model), "mine", form, "Apache-2.0", 128).importInto(root);
  }

  @Test
  void saysThatNothingWasRounded() {
    assertThat(imported("tiny-qwen3", "reproducible"))
        .contains(
            "  read           a Hugging Face checkpoint (config.json, model.safetensors)",
            "  weights        float32",
            "  quality        the file's own weights in float32, nothing was rounded",
            "  context        128 tokens",
            "  chat template  chat_template.jinja",
            "  stops at       <|im_end|> <|endoftext|>");
    assertThat(ModelFolder.open(root.resolve("mine")).manifest().licence()).isEqualTo("Apache-2.0");
  }

  @Test
  void saysWhichLabelsAnEncoderGives() {
    assertThat(imported("tiny-bert-ner", "reproducible"))
        .contains(
            "  read           an ONNX folder of Optimum that labels tokens (config.json with id2label, model.onnx)",
            "  labels         O B-PER I-PER B-LOC I-LOC MISC",
            "  at once        64 tokens; longer texts go in overlapping windows");
  }

  @Test
  void saysWhatRoundingCosts() {
    assertThat(imported("tiny-genai-int4", "reproducible"))
        .contains("  weights        q4")
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "  quality        mean KL 0\\.00\\d\\d nats \\(at most 0\\.01\\), top-1 agreement \\d\\d\\.\\d%, "
                            + "against the file's own weights in float32 at \\d+ positions"));
  }

  @Test
  void saysWhenThroughputWasGivenUp() {
    assertThat(imported("tiny-qwen2", "throughput")).contains("  weights        float32").anyMatch(line -> line.contains("note"));
  }

  @Test
  void overwritesNothing() {
    imported("tiny-qwen2", "reproducible");

    assertThatThrownBy(() -> imported("tiny-qwen2", "reproducible"))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("exists already; remove it first, or import under another name.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Mine | reproducible | 128 | The name 'Mine' cannot be used; lower-case letters,
      mine | fast         | 128 | --form is 'fast'; reproducible, throughput and float32 are possible.
      mine | float32      | 3   | --context is 3; at least 16 tokens are needed.
      """)
  void refusesOptionsThatCannotBe(String name, String form, int context, String sentence) {
    assertThatThrownBy(
            () -> new ImportReport(MODELS.resolve("tiny-qwen2"), name, form, "MIT", context).importInto(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(sentence);
  }
}
