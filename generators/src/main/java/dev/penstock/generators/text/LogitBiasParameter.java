package dev.penstock.generators.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.generators.text.sampling.LogitBias;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the parameter `logitBias`: a JSON object from tokens to numbers from -100 to 100. A key of digits is a
/// token's id, as in OpenAI's API; any other is text that is exactly one token, its leading space included:
/// `{" free": -100, "198": 5}`.
final class LogitBiasParameter {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final Pattern ID = Pattern.compile("\\d{1,9}");

  private LogitBiasParameter() {}

  /// @throws IllegalArgumentException with a sentence that says what is wrong with the value
  static LogitBias parse(String parameter, Tokenizer tokenizer, int vocabularySize) {
    JsonNode object;
    try {
      object = JSON.readTree(parameter);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("text that is no JSON object, such as {\" free\": -100}", e);
    }
    if (!object.isObject()) throw new IllegalArgumentException("no JSON object, such as {\" free\": -100}");
    SortedMap<Integer, Double> biases = new TreeMap<>();
    for (var entry : object.properties()) {
      if (!entry.getValue().isNumber())
        throw new IllegalArgumentException("an object whose values are not all numbers");
      biases.merge(id(entry.getKey(), tokenizer, vocabularySize), entry.getValue().doubleValue(), Double::sum);
    }
    return new LogitBias(biases);
  }

  private static int id(String key, Tokenizer tokenizer, int vocabularySize) {
    boolean isId = ID.matcher(key).matches();
    int[] ids = isId ? new int[] {Integer.parseInt(key)} : tokenizer.encode(key);
    if (ids.length != 1)
      throw new IllegalArgumentException(
          "an object with a key of " + ids.length + " tokens; each key is one token of the model or its id");
    if (ids[0] >= vocabularySize)
      throw new IllegalArgumentException(
          "an object with the token id " + ids[0] + "; the model's ids end at " + (vocabularySize - 1));
    return ids[0];
  }
}
