package dev.penstock.producer.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.producer.PromptField;
import dev.penstock.schemas.ChatMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One JSON object a line. Keys are those of CSV columns; `parameters` and `variables` may be objects, `messages` a list of
/// `{"role", "content"}`.
final class JsonRows {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonRows() {}

  static void read(Reader reader, Consumer<SourceRow> rows) throws IOException {
    BufferedReader lines = new BufferedReader(reader);
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) rows.accept(row(number, line));
    }
  }

  static SourceRow row(long number, String line) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return SourceRow.unreadable(number, "it is no JSON: " + e.getOriginalMessage());
    }
    if (!object.isObject()) return SourceRow.unreadable(number, "it is no JSON object {...}");
    Map<String, String> cells = new HashMap<>();
    List<ChatMessage> messages = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    object
        .properties()
        .forEach(
            field -> {
              switch (field.getKey()) {
                case "parameters" ->
                    prefixed(field, PromptField.PARAMETER_PREFIX, cells, problems);
                case "variables" -> prefixed(field, PromptField.VARIABLE_PREFIX, cells, problems);
                case "messages" -> messages(field.getValue(), messages, problems);
                default -> cell(field.getKey(), field.getValue(), cells, problems);
              }
            });
    return problems.isEmpty()
        ? new SourceRow(number, cells, messages, List.of())
        : new SourceRow(number, Map.of(), List.of(), problems);
  }

  private static void cell(String key, JsonNode value, Map<String, String> cells, List<String> problems) {
    if (value.isContainerNode())
      problems.add("%s is %s, allowed is text, a number or true/false".formatted(key, kind(value)));
    else if (!value.isNull() && !value.asText().isBlank()) cells.put(key, value.asText());
  }

  private static void prefixed(
      Map.Entry<String, JsonNode> object, String prefix, Map<String, String> cells, List<String> problems) {
    JsonNode value = object.getValue();
    if (!value.isObject())
      problems.add("%s is %s, allowed is an object".formatted(object.getKey(), kind(value)));
    value.properties().forEach(field -> cell(prefix + field.getKey(), field.getValue(), cells, problems));
  }

  private static void messages(JsonNode value, List<ChatMessage> messages, List<String> problems) {
    if (!value.isArray()) problems.add("messages is %s, allowed is a list".formatted(kind(value)));
    for (JsonNode message : value) {
      if (message.size() == 2 && message.path("role").isTextual() && message.path("content").isTextual())
        messages.add(new ChatMessage(message.get("role").textValue(), message.get("content").textValue()));
      else problems.add("a message is not of the form {\"role\": \"user\", \"content\": \"...\"}");
    }
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      default -> "a single value";
    };
  }
}
