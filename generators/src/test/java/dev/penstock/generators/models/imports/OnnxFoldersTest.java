package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.onnxfile.Domain;
import dev.penstock.generators.models.onnxfile.OnnxFileWriter;
import dev.penstock.generators.models.onnxfile.TensorType;
import dev.penstock.generators.models.onnximport.OnnxFolderImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A folder of onnxruntime-genai, or an ONNX folder of Optimum or Transformers.js, answers as it does where it comes
/// from; whatever cannot be run, is missing or damaged is refused with one sentence.
class OnnxFoldersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private Path root;

  private static ImportOptions options(List<WeightForm> forms) {
    return new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "Tiny.", forms, 2048);
  }

  private Imported genai(Path folder) {
    return genai(folder, WeightForm.REPRODUCIBLE);
  }

  private Imported genai(Path folder, List<WeightForm> forms) {
    return OnnxFolderImporter.importGenai(folder, root.resolve("models/tiny"), options(forms), Progress.NONE);
  }

  private Imported optimum(Path folder) {
    return OnnxFolderImporter.importOptimum(folder, root.resolve("models/tiny"), options(WeightForm.REPRODUCIBLE), Progress.NONE);
  }

  private Path copy(String name) throws IOException {
    Path target = Files.createDirectory(root.resolve("copy"));
    try (Stream<Path> files = Files.list(TinyModel.folder(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return target;
  }

  @Test
  void answersAsTransformersDoesWithTheExportedCheckpoint() throws IOException {
    var imported = genai(TinyModel.folder("tiny-genai-fp32"));

    assertThat(imported.form()).isEqualTo("float32");
    assertThat(imported.folder().manifest().files()).containsOnlyKeys(
        "chat_template.jinja", "model.onnx", "model.onnx.data", "tokenizer.json");
    assertThat(imported.folder().manifest().languageModel().contextLength()).isEqualTo(256);
    assertThat(imported.folder().manifest().languageModel().stopTokens()).contains("<|im_end|>");
    new AgreesWithReference(imported.folder(), TinyModel.read("tiny-llama"), AgreesWithReference.EXACT).check();
  }

  @ParameterizedTest
  @CsvSource({"tiny-genai-int4", "tiny-genai-positions"})
  void answersAsOnnxruntimeGenaiDoesWithQuantizedWeights(String name) throws IOException {
    var imported = genai(TinyModel.folder(name), List.of(WeightForm.FLOAT32));

    assertThat(imported.form()).as("quantised weights, activations as they are").isEqualTo("q4-float32");
    new AgreesWithReference(imported.folder(), TinyModel.read(name), AgreesWithReference.EXACT).check();
  }

  @Test
  void roundsActivationsWhereThatStaysNear() {
    var imported = genai(TinyModel.folder("tiny-genai-int4"));

    assertThat(imported.form()).isEqualTo("q4");
    assertThat(imported.calibration().klDivergence()).isBetween(1e-9, 0.01);
    assertThat(imported.calibration().topOneAgreement()).isGreaterThan(0.9);
  }

  @Test
  void importsAnOnnxFolderOfHuggingFace() throws IOException {
    Path folder = copy("tiny-genai-fp32");
    Files.createDirectory(folder.resolve("onnx"));
    for (String file : List.of("model.onnx", "model.onnx.data")) {
      Files.move(folder.resolve(file), folder.resolve("onnx").resolve(file));
    }
    Files.delete(folder.resolve("genai_config.json"));
    Files.copy(TinyModel.folder("tiny-llama").resolve("config.json"), folder.resolve("config.json"));

    new AgreesWithReference(optimum(folder).folder(), TinyModel.read("tiny-llama"), AgreesWithReference.EXACT).check();
  }

  @Test
  void refusesAGraphThatGrowsItsCacheAndReadsNoMask() throws IOException {
    Path folder = copy("tiny-llama");
    try (var graph = new OnnxFileWriter(folder.resolve("model.onnx"), "growing")) {
      graph.input("input_ids", TensorType.INT64, "batch", "sequence")
          .input("past_key_values.0.key", TensorType.FLOAT32, "batch", 2, "past", 16)
          .input("past_key_values.0.value", TensorType.FLOAT32, "batch", 2, "past", 16)
          .input("new", TensorType.FLOAT32, "batch", 2, "sequence", 16)
          .output("logits", TensorType.FLOAT32, "batch", "sequence", 300)
          .node(Domain.ONNX, "Identity", List.of("new"), List.of("logits"));
      for (String part : List.of("key", "value")) {
        graph.output("present.0." + part, TensorType.FLOAT32, "batch", 2, "total", 16)
            .node(Domain.ONNX, "Concat", List.of("past_key_values.0." + part, "new"), List.of("present.0." + part));
      }
      graph.save();
    }

    assertThatThrownBy(() -> optimum(folder)).isInstanceOf(ModelImportException.class)
        .hasMessageStartingWith(folder.resolve("model.onnx") + " cannot be imported: present.0.key is written by Concat")
        .hasMessageEndingWith("but it has no input attention_mask.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      /model/decoder/filename                  | "../model.onnx"     | filename is '../model.onnx'; a file beside genai_config.json is needed.
      /model/decoder/filename                  | "other.onnx"        | other.onnx is missing in
      /model/decoder/inputs/past_names         | "past_%d"           | it has no input past_0; it has [attention_mask, input_ids,
      /model/decoder/inputs/past_key_names     | "earlier.%d"        | it has no input earlier.0; it has [attention_mask, input_ids,
      /model/decoder/outputs/logits            | "scores"            | it has no output scores; it has [logits, present.0.key,
      /model/decoder/pipeline                  | []                  | pipeline is set; a decoder of one graph can be imported.
      /model/vision                            | {}                  | it has a part 'vision'; models of one decoder can be imported.
      /model/context_length                    | 0                   | context_length is 0; a whole number from 1
      /model/eos_token_id                      | [2, 4711]           | eos_token_id is 4711, which tokenizer.json does not have.
      /model/decoder                           | 7                   | decoder is 7; an object is needed.
      """)
  void refusesWhatItDoesNotKnow(String pointer, String value, String sentence) throws IOException {
    Path folder = copy("tiny-genai-int4");
    var config = JSON.readTree(folder.resolve("genai_config.json").toFile());
    int key = pointer.lastIndexOf('/');
    ((ObjectNode) config.at(pointer.substring(0, key))).set(pointer.substring(key + 1), JSON.readTree(value));
    JSON.writeValue(folder.resolve("genai_config.json").toFile(), config);

    assertThatThrownBy(() -> genai(folder)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining(folder.toString()).hasMessageContaining(sentence);
    assertThat(root.resolve("models/tiny")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      tokenizer.json    | tokenizer.json is missing in
      genai_config.json | genai_config.json is missing in
      model.onnx        | model.onnx is missing in
      model.onnx.data   | model.onnx.data is missing in
      """)
  void namesTheFileThatIsMissing(String file, String sentence) throws IOException {
    Path folder = copy("tiny-genai-int4");
    Files.delete(folder.resolve(file));

    assertThatThrownBy(() -> genai(folder)).isInstanceOf(ModelImportException.class).hasMessageContaining(sentence);
  }

  @Test
  void saysWhenTheWeightsAreTruncated() throws IOException {
    Path folder = copy("tiny-genai-int4");
    byte[] data = Files.readAllBytes(folder.resolve("model.onnx.data"));
    Files.write(folder.resolve("model.onnx.data"), Arrays.copyOf(data, data.length / 2));

    assertThatThrownBy(() -> genai(folder)).isInstanceOf(ModelImportException.class)
        .hasMessageStartingWith("The graph cannot be run:").hasMessageContaining("model.onnx");
    assertThat(root.resolve("models/tiny")).doesNotExist();
  }
}
