package dev.penstock.producer.deadletters;

import static dev.penstock.producer.deadletters.DeadLetterFilter.position;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.producer.cli.Printable;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.RecordHeader;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A dead letter for people and for programs. Without its value unless that is asked for: it is the prompt.
final class LetterView {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LetterView() {}

  /// One line of a list.
  static String line(DeadLetter letter) {
    return "%s  %-22s %-12s %-36s  %s  %s"
        .formatted(
            letter.getFailedAt().truncatedTo(ChronoUnit.SECONDS),
            Printable.line(letter.getReason(), 22),
            Printable.line(Objects.requireNonNullElse(letter.getTenant(), "-"), 12),
            Printable.line(Objects.requireNonNullElse(letter.getPromptId(), "-"), 36),
            position(letter.getSource()),
            Printable.line(letter.getMessage(), 80));
  }

  /// One JSON object in one line.
  static String json(DeadLetter letter, Map<String, ?> more) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("source", position(letter.getSource()));
    fields.put("promptId", letter.getPromptId());
    fields.put("tenant", letter.getTenant());
    fields.put("reason", letter.getReason());
    fields.put("message", letter.getMessage());
    fields.put("causes", letter.getCauses());
    fields.put("failedAt", letter.getFailedAt().toString());
    fields.put("sourceTimestamp", letter.getSourceTimestamp().toString());
    fields.put("valueBytes", size(letter.getValue()));
    fields.putAll(more);
    return json(fields);
  }

  /// Key, headers and value as well; bytes in base64.
  static String wholeJson(DeadLetter letter) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>();
    more.put("key", base64(letter.getKey()));
    List<Map<String, @Nullable Object>> headers = new ArrayList<>();
    for (RecordHeader header : letter.getHeaders()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("key", header.getKey());
      one.put("value", base64(header.getValue()));
      headers.add(one);
    }
    more.put("headers", headers);
    more.put("value", base64(letter.getValue()));
    return json(letter, more);
  }

  static String json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written as JSON", e);
    }
  }

  /// Everything but the value, in lines.
  static List<String> lines(DeadLetter letter) {
    List<String> lines = new ArrayList<>();
    lines.add("source     " + position(letter.getSource()));
    lines.add("sent       " + letter.getSourceTimestamp());
    lines.add("failed     " + letter.getFailedAt());
    lines.add("prompt     " + text(letter.getPromptId()) + ", tenant " + text(letter.getTenant()));
    lines.add("reason     " + Printable.line(letter.getReason(), 80));
    lines.add("           " + Printable.line(letter.getMessage(), 1_000));
    for (String cause : letter.getCauses()) lines.add("caused by  " + Printable.line(cause, 1_000));
    lines.add("key        " + text(letter.getKey()));
    for (RecordHeader header : letter.getHeaders())
      lines.add("header     " + Printable.line(header.getKey(), 80) + " = " + text(header.getValue()));
    lines.add("value      %,d bytes".formatted(size(letter.getValue())));
    return lines;
  }

  private static String text(@Nullable String text) {
    return text == null ? "none" : Printable.line(text, 200);
  }

  private static String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? "none" : Printable.line(new String(Replay.bytes(bytes), UTF_8), 200);
  }

  private static int size(@Nullable ByteBuffer bytes) {
    return bytes == null ? 0 : bytes.remaining();
  }

  private static @Nullable String base64(@Nullable ByteBuffer bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(Replay.bytes(bytes));
  }
}
