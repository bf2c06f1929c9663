package dev.penstock.sink.database;

import dev.penstock.schemas.ContentGenerated;
import dev.penstock.sink.arrival.RecordPosition;
import org.jspecify.annotations.Nullable;

/// Content as it is kept.
///
/// @param content the record; its bodies are inline where they are text, else at their URI
/// @param position where the record lies on Kafka; null for content that did not come from there
/// @param traceParent the W3C trace context it was made in
public record StoredContent(
    ContentGenerated content, @Nullable RecordPosition position, @Nullable String traceParent) {

  /// Content that was handed over directly.
  public static StoredContent of(ContentGenerated content) {
    return new StoredContent(content, null, null);
  }
}
