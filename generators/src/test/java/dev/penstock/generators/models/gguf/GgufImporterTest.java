package dev.penstock.generators.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.TransformerGraph;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.Calibration;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import dev.penstock.generators.models.writing.NextTokens;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// An imported llama computes what the file's weights say, compared with a plain forward pass written for the tests;
/// the folder is complete or not there; what the importer does not know it refuses with one sentence.
class GgufImporterTest {

  private static final int[] TOKENS = {0, 41, 75, 3, 200, 41, 41, 7, 99, 130};

  @TempDir
  private Path root;

  private Imported imported(TinyLlama model, List<WeightForm> forms) throws IOException {
    Path gguf = model.file().write(root.resolve("tiny.gguf"));
    return GgufImporter.importModel(gguf, root.resolve("models/tiny"), options(forms), Progress.NONE);
  }

  private static ImportOptions options(List<WeightForm> forms) {
    return new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "A tiny llama.", forms, 2048);
  }

  @ParameterizedTest
  @EnumSource
  void computesTheFilesOwnWeightsInFloat32(GgufEncoding encoding) throws IOException {
    var model = new TinyLlama(1, encoding, encoding, false);
    var imported = imported(model, List.of(WeightForm.FLOAT32));

    float[][] expected = model.logits(TOKENS);
    float[][] found = stepped(imported.folder());
    for (int t = 0; t < TOKENS.length; t++) {
      assertThat(found[t]).as("position %d", t).containsExactly(expected[t], within(1e-3f));
    }
  }

  /// A head of 16 needs a scale of 1/4.
  @Test
  void scalesScoresInTheQuerysWeightsWhereThatIsExact() throws IOException {
    var quarter = imported(new TinyLlama(5, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true), WeightForm.REPRODUCIBLE).folder();

    assertThat(OnnxGraph.read(quarter.file("model.onnx")).nodes())
        .filteredOn(node -> node.isContributed("GroupQueryAttention"))
        .allSatisfy(node -> assertThat(node.inputs()).last().isEqualTo("attention.noSink"));
  }

  @Test
  void scalesScoresInTheAttentionWhereWeightsWouldBeRounded() throws IOException {
    var model = TinyLlama.withOneHead(5);
    var imported = imported(model, List.of(WeightForm.FLOAT32));

    assertThat(OnnxGraph.read(imported.folder().file("model.onnx")).initializers()).doesNotContainKey("attention.noSink");
    float[][] expected = model.logits(TOKENS);
    float[][] found = stepped(imported.folder());
    for (int t = 0; t < TOKENS.length; t++) {
      assertThat(found[t]).as("position %d", t).containsExactly(expected[t], within(1e-3f));
    }
  }

  @ParameterizedTest
  @CsvSource({"Q4SUM, Q4_1", "Q4SUM, Q4_0", "Q4SUM, Q8_0", "Q8, Q8_0"})
  void keepsTheFilesOwnQuantizedWeightsExactly(WeightForm form, GgufEncoding linears) throws IOException {
    var model = new TinyLlama(1, linears, GgufEncoding.Q8_0, true);
    Path graph = root.resolve("exact.onnx");
    LanguageModelSection section;
    try (var file = GgufFile.open(model.file().write(root.resolve("tiny.gguf")))) {
      var weights = GgufImporter.weights(file, GgufConfig.read(file));
      TransformerGraph.write(weights, form, Activations.FLOAT32, 64, graph, Progress.NONE);
      section = new LanguageModelSection("exact.onnx", form.word(), 2, 1, 16, 64, model.vocabulary.size(),
          "tokenizer.json", null, null, List.of());
    }

    float[][] expected = model.logits(TOKENS);
    float[][] found = stepped(graph, section);
    for (int t = 0; t < TOKENS.length; t++) {
      assertThat(found[t]).as("position %d", t).containsExactly(expected[t], within(1e-3f));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Q4SUM, Q4_1, Q8_0, true", "Q4SUM, Q4_0, Q8_0, true", "Q4SUM, Q8_0, F16, false", "Q4SUM, Q4_0, Q4_1, true",
    "Q8, Q4_1, Q4_1, false", "Q8, Q8_0, Q8_0, true", "Q8, F32, F16, true"
  })
  void staysNearTheFilesOwnWeightsInQuantizedForms(
      WeightForm form, GgufEncoding linears, GgufEncoding embedding, boolean tied) throws IOException {
    var model = new TinyLlama(2, linears, embedding, tied);
    var imported = imported(model, List.of(form));

    float[][] expected = model.logits(TOKENS);
    float[][] found = stepped(imported.folder());
    double divergence = 0;
    for (int t = 0; t < TOKENS.length; t++) {
      divergence += Calibration.divergence(expected[t], found[t]) / TOKENS.length;
    }
    assertThat(divergence).isLessThan(0.01);
    assertThat(imported.calibration().klDivergence()).isBetween(1e-9, 0.01);
    assertThat(imported.calibration().topOneAgreement()).isBetween(0.85, 1.0);
    assertThat(imported.calibration().positions()).isEqualTo(8 * 48);
  }

  @Test
  void givesTheLastPositionOfAPrefillTheSameLogitsAsSingleSteps() throws IOException {
    var model = new TinyLlama(3, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true);
    var folder = imported(model, List.of(WeightForm.FLOAT32)).folder();

    float[] last = prefilled(folder);

    assertThat(last).hasSize(model.vocabulary.size());
    assertThat(last).containsExactly(model.logits(TOKENS)[TOKENS.length - 1], within(1e-3f));
  }

  @Test
  void writesAFolderThatSaysWhatItHolds() throws IOException {
    var model = new TinyLlama(4, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true);
    var imported = imported(model, WeightForm.REPRODUCIBLE);
    var manifest = imported.folder().manifest();

    assertThat(manifest.files()).containsOnlyKeys(
        "chat_template.jinja", "model.onnx", "model.onnx.data", "tokenizer.json");
    assertThat(imported.folder().file("chat_template.jinja")).hasContent("{{ messages }}");
    var section = manifest.languageModel();
    assertThat(section.weights()).isEqualTo("q4sum");
    assertThat(section.layers()).isEqualTo(2);
    assertThat(section.contextLength()).as("no more than the model was trained for").isEqualTo(64);
    assertThat(section.vocabularySize()).isEqualTo(model.vocabulary.size());
    assertThat(section.stopTokens()).containsExactly("<|im_end|>", "<|endoftext|>");
    assertThat(section.bosToken()).isNull();
    assertThat(manifest.parameters().validate(Map.of())).containsEntry("temperature", 0.4).containsEntry("maxTokens", 64L);
    assertThat(manifest.measured().get("calibration")).asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsKeys("klDivergence", "topOneAgreement", "positions", "with");
    assertThat(root.resolve("models")).isDirectoryNotContaining("glob:**/.importing*");
  }

  @Test
  void takesTheSmallestFormThatStaysNearEnough() throws IOException {
    var model = TinyLlama.withUnreadOutlier(5);

    var imported = imported(model, WeightForm.REPRODUCIBLE);

    assertThat(imported.form()).as("8-bit activations lose everything beside such an outlier")
        .isEqualTo("float32");
    assertThat(imported.folder().manifest().languageModel().weights()).isEqualTo("float32");
    assertThat(imported.folder().manifest().measured()).as("nothing was measured").isEmpty();
  }

  @Test
  void keepsAFormThatWasAskedForAndReportsWhatItCosts() throws IOException {
    var model = TinyLlama.withUnreadOutlier(5);

    var imported = imported(model, List.of(WeightForm.Q4SUM));

    assertThat(imported.form()).isEqualTo("q4sum");
    assertThat(imported.calibration().klDivergence()).isGreaterThan(0.01);
  }

  @Test
  void reportsEachStage() throws IOException {
    Path gguf = new TinyLlama(6, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true).file().write(root.resolve("tiny.gguf"));
    List<String> stages = new ArrayList<>();

    GgufImporter.importModel(gguf, root.resolve("tiny"), options(WeightForm.REPRODUCIBLE),
        (stage, done, total) -> stages.add(stage));

    assertThat(new LinkedHashSet<>(stages)).containsExactly("write the weights as q4sum", "write the weights as float32",
        "compare q4sum with the file's own weights", "write the manifest");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      general.architecture                   | gemma | holds a model of the architecture gemma; llama, qwen2, qwen3 can be imported.
      llama.expert_count                     | 8     | llama.expert_count is set; mixtures of experts cannot be imported.
      llama.rope.scaling.type                | yarn  | llama.rope.scaling.type is yarn; none and linear can be imported.
      llama.block_count                      | 3     | the tensor blk.2.attn_q.weight is missing; the llama layout needs it.
      llama.block_count                      | 1     | is no part of the plain llama layout; a model with it cannot be imported.
      llama.feed_forward_length              | 96    | the tensor blk.0.ffn_gate.weight has 64 rows of 32 elements; 96 of 32 are needed.
      llama.attention.head_count             | 4     | the head size is 8; a multiple of 16 up to 4096 is needed.
      llama.attention.head_count_kv          | 3     | the number of key/value heads is 3; it must divide the 2 heads.
      llama.rope.dimension_count             | 8     | llama.rope.dimension_count is 8; it must be the head size, 16.
      llama.vocab_size                       | 99    | llama.vocab_size is 99, but there are 263 tokens.
      llama.embedding_length                 |       | the key llama.embedding_length is missing; the import needs it.
      tokenizer.ggml.tokens                  |       | the key tokenizer.ggml.tokens is missing; the import needs it.
      tokenizer.ggml.model                   | llama | tokenizer.ggml.model is llama; gpt2 (byte-level BPE) can be imported.
      tokenizer.ggml.pre                     | bloom | tokenizer.ggml.pre is bloom; gpt-2, smollm, llama-bpe, qwen2 can be imported.
      tokenizer.ggml.eos_token_id            | 999   | tokenizer.ggml.eos_token_id is 999; the vocabulary has 263 tokens.
      """)
  void refusesWhatItDoesNotKnow(String key, String value, String sentence) throws IOException {
    var model = new TinyLlama(7, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true);
    model.file().put(key, value == null ? null : value.matches("\\d+") ? (Object) Integer.valueOf(value) : value);

    assertThatThrownBy(() -> imported(model, WeightForm.REPRODUCIBLE)).isInstanceOf(ModelException.class)
        .hasMessageStartingWith(root.resolve("tiny.gguf").toString()).hasMessageContaining(sentence);
    assertThat(root.resolve("models")).doesNotExist();
  }

  @Test
  void refusesTensorsItDoesNotKnow() throws IOException {
    var model = new TinyLlama(8, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true);
    model.file().tensor("blk.0.attn_output.bias", GgufEncoding.F32.encode(new float[32]), 32);

    assertThatThrownBy(() -> imported(model, WeightForm.REPRODUCIBLE)).hasMessageEndingWith(
        "the tensor blk.0.attn_output.bias is no part of the plain llama layout; a model with it cannot be imported.");
  }

  /// Sizes, weights and vocabulary are read; writing the graph needs no more of the file's word.
  @Test
  void survivesDamagedHeads() throws IOException {
    byte[] whole = new TinyLlama(10, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true).file().bytes();
    long seed = 20261122;
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length / 2);
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Path gguf = Files.write(root.resolve("damaged.gguf"), damaged);
      try (var file = GgufFile.open(gguf)) {
        GgufImporter.weights(file, GgufConfig.read(file));
        TokenizerJson.write(GgufVocabulary.read(gguf, file.metadata()), root.resolve("tokenizer.json"));
      } catch (ModelException refused) {
        assertThat(refused).hasMessageContaining("damaged.gguf");
      } catch (RuntimeException other) {
        fail("seed " + seed + ", byte " + at + " changed to " + damaged[at], other);
      }
    }
  }

  @Test
  void leavesNothingBehindWhenItFailsHalfWay() throws IOException {
    Path gguf = new TinyLlama(9, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true).file().write(root.resolve("tiny.gguf"));
    Progress failing = (stage, done, total) -> {
      if (stage.startsWith("compare")) {
        throw new IllegalStateException("the power went");
      }
    };

    assertThatThrownBy(() -> GgufImporter.importModel(
        gguf, root.resolve("models/tiny"), options(WeightForm.REPRODUCIBLE), failing)).hasMessage("the power went");
    assertThat(root.resolve("models")).isEmptyDirectory();
  }

  @Test
  void overwritesNothing() throws IOException {
    Path gguf = new TinyLlama(9, GgufEncoding.Q4_1, GgufEncoding.Q8_0, true).file().write(root.resolve("tiny.gguf"));
    Path target = Files.createDirectories(root.resolve("models/tiny"));

    assertThatThrownBy(() -> GgufImporter.importModel(gguf, target, options(WeightForm.REPRODUCIBLE), Progress.NONE))
        .isInstanceOf(ModelException.class).hasMessage(
            target + " exists already; remove it first, or import under another name.");
  }

  private static float[][] stepped(ModelFolder folder) {
    var section = folder.manifest().languageModel();
    return stepped(folder.file(section.graph()), section);
  }

  private static float[][] stepped(Path graph, LanguageModelSection section) {
    float[][] logits = new float[TOKENS.length][section.vocabularySize()];
    try (var model = NextTokens.open(graph, section, 2, TOKENS.length)) {
      for (int t = 0; t < TOKENS.length; t++) {
        FloatBuffer row = model.step(t, 5, TOKENS[t]);
        row.get(section.vocabularySize(), logits[t]);
      }
    }
    return logits;
  }

  private static float[] prefilled(ModelFolder folder) {
    var section = folder.manifest().languageModel();
    long[] ids = Arrays.stream(TOKENS).asLongStream().toArray();
    var inputs = new HashMap<>(Map.of("input_ids", OnnxValue.copyOf(ids, 1, ids.length),
        "seqlens_k", OnnxValue.copyOf(new int[] {ids.length - 1}, 1),
        "total_sequence_length", OnnxValue.copyOf(new int[] {ids.length})));
    var outputs = new HashMap<String, OnnxValue>();
    FloatBuffer logits = OnnxValue.allocateFloats(section.vocabularySize());
    outputs.put("logits", OnnxValue.of(logits, 1, 1, section.vocabularySize()));
    for (int layer = 0; layer < section.layers(); layer++) {
      for (String part : List.of("key", "value")) {
        var cache = OnnxValue.of(OnnxValue.allocateFloats(section.keyValueHeads() * 32 * section.headSize()),
            1, section.keyValueHeads(), 32, section.headSize());
        inputs.put("past_key_values." + layer + "." + part, cache);
        outputs.put("present." + layer + "." + part, cache);
      }
    }
    try (var session = OnnxSession.open(folder.file(section.graph()))) {
      session.run(inputs, outputs);
    }
    float[] last = new float[section.vocabularySize()];
    logits.get(0, last);
    return last;
  }
}
