package dev.penstock.generators.models.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// A tiny random model stored in several formats, and what Transformers computes with it in float32.
///
/// Origin: `src/test/python/import-fixtures/README.md`.
///
/// @param folder  its files
/// @param cases   prompts with the logits after them and sixteen greedy tokens
/// @param strings texts and their token ids
record TinyModel(Path folder, List<Case> cases, List<Tokens> strings) {

  record Case(String text, int[] ids, float[] logits, int[] greedy) {}

  record Tokens(String text, int[] ids) {}

  static Path folder(String name) {
    try {
      URL url = Objects.requireNonNull(TinyModel.class.getResource(name), name);
      return Path.of(url.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static TinyModel read(String name) throws IOException {
    Path folder = folder(name);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("reference.json").toFile());
    List<Case> cases = json.get("cases").valueStream().map(one -> new Case(one.get("text").asText(),
        ints(one.get("ids")), floats(one.get("logits")), ints(one.get("greedy")))).toList();
    List<Tokens> strings = json.get("strings").valueStream()
        .map(one -> new Tokens(one.get("text").asText(), ints(one.get("ids")))).toList();
    return new TinyModel(folder, cases, strings);
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }
}
