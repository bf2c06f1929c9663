package dev.penstock.generators.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A manifest is read into records, every value checked, and every refusal is one sentence that names file, key and
/// what is allowed.
class ModelManifestTest {

  private static final String LANGUAGE_MODEL = """
      name: tiny-copywriter
      version: 1.0.0
      family: language-model            # language-model | one-shot-image
      modality: text
      licence: Apache-2.0
      source: models/recipes/tiny-copywriter
      description: One sentence.
      files:
        model.onnx: %1$s
        tokenizer.json: %1$s
      parameters:
        temperature: {type: number,  minimum: 0, maximum: 2,   default: 0.4, description: "Heat"}
        maxTokens:   {type: integer, minimum: 1, maximum: 256, default: 64}
      languageModel:
        graph: model.onnx
        weights: float32
        layers: 4
        keyValueHeads: 2
        headSize: 32
        contextLength: 256
        vocabularySize: 2048
        tokenizer: tokenizer.json
        bosToken: null
        stopTokens: ["<|im_end|>"]
      measured: {}
      """.formatted("ab".repeat(32));

  private static final String ONE_SHOT_IMAGE = """
      name: fashion-vae
      version: 1.2.3
      family: one-shot-image
      modality: image
      licence: Apache-2.0
      source: models/recipes/fashion-vae
      description: One sentence.
      files: {decoder.onnx: %s}
      parameters:
        class: {type: string, choices: [t-shirt, trouser], default: null}
      oneShotImage:
        graph: decoder.onnx
        latentSize: 16
        latentDistribution: normal
        latentInput: latent
        labelInput: label
        imageOutput: image
        outputRange: [0, 1]
        layout: NCHW
        labels: [t-shirt, trouser]
        labelDescriptions: ["a t-shirt or top", "a pair of trousers"]
      """.formatted("cd".repeat(32));

  @TempDir
  private Path folder;

  @Test
  void readsALanguageModel() throws IOException {
    var manifest = read(LANGUAGE_MODEL);

    assertThat(manifest.name()).isEqualTo("tiny-copywriter");
    assertThat(manifest.family()).isEqualTo(ModelFamily.LANGUAGE_MODEL);
    assertThat(manifest.files()).containsOnlyKeys("model.onnx", "tokenizer.json");
    assertThat(List.copyOf(manifest.parameters().specs().entrySet())).startsWith(
        Map.entry("temperature", new ParameterSpec.NumberParameter(0, 2, 0.4, "Heat")),
        Map.entry("maxTokens", new ParameterSpec.IntegerParameter(1, 256, 64L, "")));
    assertThat(manifest.languageModel()).isEqualTo(new LanguageModelSection("model.onnx", "float32", 4, 2, 32, 256,
        2048, "tokenizer.json", null, null, List.of("<|im_end|>")));
    assertThat(manifest.languageModel().cacheBytesPerPosition()).isEqualTo(2L * 4 * 2 * 32 * 4);
  }

  @Test
  void addsWhatEveryLanguageModelTakes() throws IOException {
    var parameters = read(LANGUAGE_MODEL).parameters();
    assertThat(parameters.specs()).containsKeys("jsonSchema", "regex");

    String long16k = "x".repeat(16_384);
    assertThat(parameters.validate(Map.of("jsonSchema", long16k))).containsEntry("jsonSchema", long16k);
    assertThatThrownBy(() -> parameters.validate(Map.of("jsonSchema", long16k + "x")))
        .hasMessageEndingWith("text of at most 16384 characters is allowed.");
    assertThat(read(ONE_SHOT_IMAGE).parameters().specs()).doesNotContainKey("jsonSchema");
  }

  @Test
  void readsAOneShotImageModel() throws IOException {
    var section = read(ONE_SHOT_IMAGE).oneShotImage();

    assertThat(section.latentDistribution()).isEqualTo(OneShotImageSection.LatentDistribution.NORMAL);
    assertThat(section.outputRange()).isEqualTo(new OneShotImageSection.OutputRange(0, 1));
    assertThat(section.labels()).containsExactly("t-shirt", "trouser");
  }

  @Test
  void readsAndWritesAOneShotImageModelOfSeveralConditions() throws IOException {
    var several = ONE_SHOT_IMAGE
        .replace("labelInput: label", """
            conditions:
                object: {input: kind, labels: [mug, car], labelDescriptions: ["a mug", "a car"]}
                colour: {input: colour, labels: [red], labelDescriptions: ["the colour red"]}""")
        .replaceAll("(?m)^ *label(s|Descriptions): .*\n", "");

    var manifest = read(several);

    assertThat(manifest.oneShotImage().conditions()).containsExactly(
        new OneShotImageSection.Condition("object", "kind", List.of("mug", "car"), List.of("a mug", "a car")),
        new OneShotImageSection.Condition("colour", "colour", List.of("red"), List.of("the colour red")));
    assertThat(read(manifest.toYaml())).isEqualTo(manifest);
    assertThatThrownBy(() -> read(several.replace("input: colour", "input: kind")))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("conditions names an input of the graph twice.");
    assertThatThrownBy(() -> read(ONE_SHOT_IMAGE.replace("layout: NCHW", "layout: NCHW\n  conditions: {}")))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("either conditions or labelInput");
  }

  @Test
  void refusesToBeUsedAsAnotherFamily() throws IOException {
    var manifest = read(ONE_SHOT_IMAGE);

    assertThatThrownBy(manifest::languageModel).isInstanceOf(InvalidModelException.class).hasMessage(
        "Model fashion-vae 1.2.3 is of the family one-shot-image; language-model is needed here.");
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    var languageModel = ModelFolders.languageModel("a-model", "0.3.1-rc.1");
    assertThat(read(languageModel.toYaml())).isEqualTo(languageModel);

    var image = read(ONE_SHOT_IMAGE);
    assertThat(read(image.toYaml())).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
      name: tiny-copywriter     ~ name: Tiny Copywriter  ~ name is 'Tiny Copywriter'; lower-case letters
      version: 1.0.0            ~ version: 1.0           ~ version is 1.0; text is needed (in quotes if it looks like a number).
      version: 1.0.0            ~ version: one           ~ version is 'one'; a semantic version such as 1.0.0 is needed.
      family: language-model    ~ family: languagemodel  ~ family is "languagemodel"; one of language-model, one-shot-image, diffusion,
      modality: text            ~ modality: smell        ~ modality is "smell"; one of text, image, audio, video is needed.
      licence: Apache-2.0       ~ license: Apache-2.0    ~ the key license is not known; allowed are
      licence: Apache-2.0       ~ license: Apache-2.0    ~ Did you mean licence?
      description: One sentence. ~ description:           ~ description is ""; text is needed
      layers: 4                 ~ layers: 0              ~ languageModel.layers is 0; a whole number from 1 to 1000 is needed.
      layers: 4                 ~ layers: many           ~ languageModel.layers is "many"; a whole number from 1 to 1000 is needed.
      layers: 4                 ~ layer: 4               ~ the key languageModel.layer is not known; allowed are
      headSize: 32              ~ headSize: 33           ~ languageModel.headSize is 33; rotary positions need an even number.
      graph: model.onnx         ~ graph: other.onnx      ~ languageModel points at the file other.onnx, which is not listed under files: model.onnx, tokenizer.json.
      stopTokens: ["<|im_end|>"] ~ stopTokens: [2]        ~ languageModel.stopTokens is [2]; a list of texts is needed
      type: number              ~ type: float            ~ parameters.temperature.type is "float"; one of number, integer, string, boolean is needed.
      maximum: 2,               ~ maximum: -2,           ~ parameters.temperature.minimum 0.0 is above maximum -2.0
      default: 0.4              ~ default: 3             ~ parameters.temperature.default is 3.0; a number from 0 to 2 is allowed.
      default: 64               ~ step: 64               ~ the key parameters.maxTokens.step is not known; allowed are default, description, maximum, minimum, type.
      measured: {}              ~ measured: none         ~ measured must be a mapping of keys to values.
      measured: {}              ~ name: twice            ~ is not readable YAML: Duplicate field 'name'
      tokenizer.json: ab        ~ ../../etc/passwd: ab   ~ files: the name is '../../etc/passwd'; a plain file name
      tokenizer.json: ab        ~ model.yaml: ab         ~ files lists model.yaml itself
      tokenizer.json: ab        ~ tokenizer.json: xy     ~ files.tokenizer.json is 'xyab
      """)
  void refusesWithFileKeyAndWhatIsAllowed(String valid, String invalid, String sentence) throws IOException {
    assertThat(LANGUAGE_MODEL).contains(valid);

    assertThatThrownBy(() -> read(LANGUAGE_MODEL.replace(valid, invalid)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(folder.resolve("model.yaml").toString())
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      labelInput: label          | labelInput: null           | oneShotImage.labelInput is null but there are 2 labels
      outputRange: [0, 1]        | outputRange: [1, 0]        | oneShotImage.outputRange is [1.0, 0.0]; two finite numbers
      outputRange: [0, 1]        | outputRange: [0]           | oneShotImage.outputRange is [0]; a list of two numbers such as [0, 1] is needed.
      layout: NCHW               | layout: CHW                | oneShotImage.layout is "CHW"; one of NCHW, NHWC is needed.
      ["a t-shirt or top",       | [                          | oneShotImage.labelDescriptions has 1 entries; one for each of the 2 labels is needed.
      latentDistribution: normal | latentDistribution: gamma  | oneShotImage.latentDistribution is "gamma"; one of normal, uniform is needed.
      default: null              | default: skirt             | parameters.class.default is skirt; one of t-shirt, trouser is allowed.
      """)
  void refusesAWrongImageSection(String valid, String invalid, String sentence) throws IOException {
    assertThat(ONE_SHOT_IMAGE).contains(valid);

    assertThatThrownBy(() -> read(ONE_SHOT_IMAGE.replace(valid, invalid)))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining(sentence);
  }

  @Test
  void refusesAFileThatIsNoManifest() throws IOException {
    assertThatThrownBy(() -> ModelManifest.read(folder.resolve("model.yaml")))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("is missing; a model folder needs it.");
    assertThatThrownBy(() -> read("- a\n- list\n"))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("the file must be a mapping");
    assertThatThrownBy(() -> read("name: [unclosed"))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("is not readable YAML");
    assertThatThrownBy(() -> read("#" + "x".repeat(1 << 20)))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("at most 1048576 are allowed");
  }

  private ModelManifest read(String yaml) throws IOException {
    return ModelManifest.read(Files.writeString(folder.resolve("model.yaml"), yaml));
  }
}
