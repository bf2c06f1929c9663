package dev.penstock.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.schemas.PromptRequested;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Tells prompts apart that have the same id: SHA-256 over all fields, maps in the order of their keys.
final class Fingerprint {

  private Fingerprint() {}

  static String of(PromptRequested prompt) {
    StringBuilder all = new StringBuilder();
    for (Schema.Field field : PromptRequested.getClassSchema().getFields()) {
      Object value = prompt.get(field.pos());
      all.append(field.name()).append('=').append(plain(value)).append('\0');
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case java.util.Map<?, ?> map -> new TreeMap<>(map);
      case ByteBuffer bytes -> StandardCharsets.ISO_8859_1.decode(bytes.duplicate());
      case null, default -> value;
    };
  }
}
