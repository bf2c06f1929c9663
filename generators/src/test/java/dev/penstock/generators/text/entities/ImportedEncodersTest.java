package dev.penstock.generators.text.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.TokenClassificationSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A folder of Optimum for token classification finds, once imported, what the pipeline of Transformers finds with it
/// (`aggregation_strategy="simple"`), with a WordPiece and with a byte-level BPE vocabulary; what cannot be run is refused
/// with one sentence, and nothing half-done stays.
class ImportedEncodersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private Path root;

  @ParameterizedTest
  @CsvSource({"tiny-bert-ner, 64, token_type_ids", "tiny-roberta-ner, 128,"})
  void findsWhatTransformersFinds(String name, int maxTokens, String types) throws Exception {
    ModelFolder model = Encoders.imported(Encoders.folder(name), root.resolve("tiny")).folder();
    TokenClassificationSection section = model.manifest().tokenClassification();
    assertThat(section.maxTokens()).isEqualTo(maxTokens);
    assertThat(section.tokenTypeIds()).isEqualTo(types);
    JsonNode cases = JSON.readTree(Encoders.folder(name).resolve("reference.json").toFile()).get("cases");
    try (TokenClassificationGenerator generator = TokenClassificationGenerator.open(model)) {
      for (JsonNode one : cases) compare(generator, model, one);
    }
  }

  private static void compare(TokenClassificationGenerator generator, ModelFolder model, JsonNode one) throws Exception {
    String text = one.get("text").asText();
    var request = Encoders.request(model, text, Map.of());
    PreparedText prepared = generator.prepare(request);
    int[] ids = prepared.row(prepared.windows().getFirst());
    assertThat(ids).containsExactly(one.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray());
    List<JsonNode> found = Encoders.entities(Encoders.result(generator, request));
    List<JsonNode> expected =
        one.get("entities").valueStream().filter(entity -> !words(text, entity).isBlank()).toList();
    assertThat(found).as(text).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      String words = words(text, expected.get(i));
      assertThat(found.get(i).get("type")).isEqualTo(expected.get(i).get("type"));
      assertThat(found.get(i).get("text").asText()).isEqualTo(words.strip()).isEqualTo(words(text, found.get(i)));
      assertThat(found.get(i).get("score").asDouble()).isCloseTo(expected.get(i).get("score").asDouble(), within(1e-4));
    }
  }

  /// Places count code points.
  private static String words(String text, JsonNode entity) {
    int[] points = text.codePoints().toArray();
    int start = entity.get("start").asInt();
    return new String(points, start, entity.get("end").asInt() - start);
  }

  private Path changed(String key, String json) throws IOException {
    Path copy = Files.createDirectory(root.resolve("copy"));
    try (Stream<Path> files = Files.list(Encoders.folder("tiny-bert-ner"))) {
      for (Path file : files.toList()) Files.copy(file, copy.resolve(file.getFileName().toString()));
    }
    ObjectNode config = (ObjectNode) JSON.readTree(copy.resolve("config.json").toFile());
    config.set(key, JSON.readTree(json));
    JSON.writeValue(copy.resolve("config.json").toFile(), config);
    return copy;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {
      "id2label                ~ {\"0\": \"O\", \"1\": \"B-X\"}  ~ id2label of config.json names 2 labels",
      "id2label                ~ {\"0\": \"O\", \"2\": \"B-X\"}  ~ id2label has 2 entries and none for 1",
      "id2label                ~ null                            ~ id2label is missing; an object is needed",
      "max_position_embeddings ~ 8                               ~ a model of at least 16 tokens is needed",
  })
  void refusesAConfigThatContradictsTheGraph(String key, String json, String complaint) throws IOException {
    Path folder = changed(key, json);
    Path target = root.resolve("models/tiny");
    assertThatThrownBy(() -> Encoders.imported(folder, target)).isInstanceOf(ModelImportException.class).hasMessageContaining(complaint);
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusesADamagedGraphAndAMissingTokenizer() throws IOException {
    Path folder = changed("model_type", "\"bert\"");
    Files.writeString(folder.resolve("model.onnx"), "no graph");
    assertThatThrownBy(() -> Encoders.imported(folder, root.resolve("tiny")))
        .isInstanceOf(ModelImportException.class).hasMessageContaining("model.onnx cannot be run");
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> Encoders.imported(folder, root.resolve("tiny")))
        .isInstanceOf(ModelImportException.class).hasMessageContaining("tokenizer.json is missing");
  }
}
