package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.huggingface.CheckpointImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A checkpoint as Transformers saves it, in one file or in parts, answers as Transformers answers with it; what cannot
/// be imported is refused with one sentence that names file and key.
class CheckpointsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private Path root;

  private Imported imported(Path folder, List<WeightForm> forms) {
    var options = new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "Tiny.", forms, 2048);
    return CheckpointImporter.importModel(folder, root.resolve("models/tiny"), options, Progress.NONE);
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

  private static void change(Path file, String key, String json) throws IOException {
    var object = (ObjectNode) JSON.readTree(file.toFile());
    if (json == null) {
      object.remove(key);
    } else {
      object.set(key, JSON.readTree(json));
    }
    JSON.writeValue(file.toFile(), object);
  }

  @ParameterizedTest
  @CsvSource({"tiny-llama", "tiny-llama-scaled", "tiny-qwen2", "tiny-qwen3"})
  void answersAsTransformersDoes(String name) throws IOException {
    TinyModel model = TinyModel.read(name);

    var imported = imported(model.folder(), WeightForm.REPRODUCIBLE);

    assertThat(imported.form()).isEqualTo("float32");
    var section = imported.folder().manifest().languageModel();
    assertThat(section.contextLength()).isEqualTo(256);
    assertThat(section.stopTokens()).containsExactly("<|im_end|>", "<|endoftext|>");
    assertThat(imported.folder().file("chat_template.jinja")).content().contains("<|im_start|>{{ message.role }}");
    new AgreesWithReference(imported.folder(), model, AgreesWithReference.EXACT).check();
  }

  @Test
  void roundsToEightBitsWhenAskedAndSaysWhatItCosts() {
    var imported = imported(TinyModel.folder("tiny-qwen2"), List.of(WeightForm.Q8));

    assertThat(imported.form()).isEqualTo("q8");
    assertThat(imported.calibration().klDivergence()).as("random weights bear little").isGreaterThan(0.01);
    assertThat(imported.calibration().topOneAgreement()).isBetween(0.5, 0.999);
  }

  @Test
  void givesUpThroughputBeforeQuality() {
    assertThat(imported(TinyModel.folder("tiny-qwen2"), WeightForm.THROUGHPUT).form()).isEqualTo("float32");
  }

  @Test
  void readsTheRotarySettingsOfTransformers4() throws IOException {
    Path folder = copy("tiny-llama-scaled");
    var rope = JSON.readTree(folder.resolve("config.json").toFile()).get("rope_parameters");
    change(folder.resolve("config.json"), "rope_scaling", rope.toString());
    change(folder.resolve("config.json"), "rope_theta", rope.get("rope_theta").toString());
    change(folder.resolve("config.json"), "rope_parameters", null);

    var imported = imported(folder, WeightForm.REPRODUCIBLE);
    new AgreesWithReference(imported.folder(), TinyModel.read("tiny-llama-scaled"), AgreesWithReference.EXACT).check();
  }

  @Test
  void givesABosTokenToTheTemplateThatAsksForIt() throws IOException {
    Path folder = copy("tiny-qwen2");
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ bos_token }}{{ messages[0].content }}");

    assertThat(imported(folder, WeightForm.REPRODUCIBLE).folder().manifest().languageModel().bosToken())
        .isEqualTo("<|im_start|>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      model_type              | "gpt2"                       | describes a model of the type gpt2; llama, qwen2, qwen3 can be imported.
      quantization_config     | {"quant_method": "gptq"}     | quantization_config is set; only checkpoints of floats can be imported
      hidden_act              | "gelu"                       | hidden_act is gelu; silu can be imported.
      mlp_bias                | true                         | mlp_bias is true; only feed-forward parts without biases
      rope_parameters         | {"rope_type": "yarn"}        | rope_type is yarn; default, linear and llama3 can be imported.
      rope_parameters         | {"rope_type": "linear"}      | rope_parameters: factor is missing; a number is needed.
      head_dim                | 8                            | the head size is 8; a multiple of 16 up to 4096 is needed.
      head_dim                | 2147483632                   | the head size is 2147483632; a multiple of 16 up to 4096 is needed.
      num_key_value_heads     | 3                            | the number of key/value heads is 3; it must divide the 4 heads.
      num_hidden_layers       | 3                            | the tensor model.layers.2.self_attn.q_proj.weight is missing; the qwen2 layout needs it.
      num_hidden_layers       | 1                            | is no part of the plain qwen2 layout; a model with it cannot be imported.
      num_hidden_layers       | -1                           | num_hidden_layers is -1; a whole number from 1 to 2147483647 is needed.
      num_hidden_layers       | 2147483647                   | the number of layers is 2147483647; 1 to 1000 is possible.
      hidden_size             | "32"                         | hidden_size is "32"; a whole number from 1 to 2147483647 is needed.
      vocab_size              | 299                          | the tensor model.embed_tokens.weight has 300 rows of 32 elements; 299 of 32 are needed.
      eos_token_id            | 4711                         | eos_token_id is 4711, which tokenizer.json does not have.
      """)
  void refusesWhatItDoesNotKnow(String key, String value, String sentence) throws IOException {
    Path folder = copy("tiny-qwen2");
    change(folder.resolve("config.json"), key, value);

    assertThatThrownBy(() -> imported(folder, WeightForm.REPRODUCIBLE)).isInstanceOf(ModelImportException.class)
        .hasMessageStartingWith(folder.toString()).hasMessageContaining(sentence);
    assertThat(root.resolve("models/tiny")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      tokenizer.json                   | tokenizer.json is missing in
      config.json                      | config.json is missing in
      model-00002-of-00002.safetensors | model-00002-of-00002.safetensors cannot be read
      model.safetensors.index.json     | model.safetensors.index.json is missing in
      """)
  void namesTheFileThatIsMissing(String file, String sentence) throws IOException {
    Path folder = copy("tiny-qwen3");
    Files.delete(folder.resolve(file));

    assertThatThrownBy(() -> imported(folder, WeightForm.REPRODUCIBLE)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void readsNoFileOutsideTheFolder() throws IOException {
    Path folder = copy("tiny-qwen3");
    change(folder.resolve("model.safetensors.index.json"), "weight_map", "{\"a\": \"../../secret.safetensors\"}");

    assertThatThrownBy(() -> imported(folder, WeightForm.REPRODUCIBLE)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining("weight_map names the file \"../../secret.safetensors\"");
  }

  @Test
  void refusesATokenizerThatCannotBeUsed() throws IOException {
    Path folder = copy("tiny-qwen2");
    change(folder.resolve("tokenizer.json"), "model", "{\"type\": \"Unknown\"}");
    change(folder.resolve("config.json"), "eos_token_id", null);
    Files.delete(folder.resolve("generation_config.json"));

    assertThatThrownBy(() -> imported(folder, WeightForm.REPRODUCIBLE)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining("tokenizer.json cannot be used");
  }
}
