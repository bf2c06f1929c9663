package dev.penstock.sink.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Text as PostgreSQL takes it: UTF-8 without U+0000, which neither `text` nor `jsonb` can hold. Records may
/// carry any text, so that U+0000 becomes U+FFFD here, once for all columns.
public final class StorableText {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final char REPLACEMENT = '\ufffd';

  private StorableText() {}

  static String of(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', REPLACEMENT);
  }

  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /// UTF-8 bytes as text, with U+FFFD for what is not UTF-8 or cannot be stored.
  static String of(byte[] utf8) {
    return of(new String(utf8, StandardCharsets.UTF_8));
  }

  /// Whether [#of(byte[])] loses nothing.
  public static boolean isExact(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).chars().noneMatch(c -> c == 0);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// A map as JSON text, with sorted keys so that equal maps are equal text.
  static String json(Map<String, ?> map) {
    return json((Object) storable(map));
  }

  static Map<String, Object> storable(Map<String, ?> map) {
    Map<String, Object> storable = new TreeMap<>();
    map.forEach((key, value) -> storable.put(of(key), value instanceof String text ? of(text) : value));
    return storable;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists, text and numbers are always JSON", e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column is always JSON", e);
    }
  }
}
