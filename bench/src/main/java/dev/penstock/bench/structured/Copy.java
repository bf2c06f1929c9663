package dev.penstock.bench.structured;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/// An advertisement with limits on its three texts, and a check of its own that an answer keeps them.
final class Copy {

  static final String EXAMPLE =
      "{\"headline\":\"Coffee that stays hot until noon\","
          + "\"body\":\"Our steel travel mug keeps your coffee warm for six hours and never spills in your bag.\","
          + "\"cta\":\"Get your mug today\"}";

  static final String SCHEMA =
      """
      {"type": "object", "required": ["headline", "body", "cta"], "additionalProperties": false, "properties": {
        "headline": {"type": "string", "minLength": 8, "maxLength": 60},
        "body": {"type": "string", "minLength": 20, "maxLength": 200},
        "cta": {"type": "string", "minLength": 4, "maxLength": 30}},
       "examples": [%s]}"""
          .formatted(EXAMPLE);

  private record Length(int least, int most) {}

  private static final Map<String, Length> LENGTHS =
      Map.of("headline", new Length(8, 60), "body", new Length(20, 200), "cta", new Length(4, 30));
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Copy() {}

  /// Whether a text is JSON with the three texts and nothing else, each within its length in characters.
  static boolean isKeptBy(String text) {
    try {
      JsonNode copy = MAPPER.readTree(text);
      if (!copy.isObject() || copy.size() != LENGTHS.size()) return false;
      for (var limit : LENGTHS.entrySet()) {
        JsonNode value = copy.path(limit.getKey());
        int length = value.asText().codePointCount(0, value.asText().length());
        if (!value.isTextual() || length < limit.getValue().least() || length > limit.getValue().most()) return false;
      }
      return !text.contains("\uFFFD");
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
