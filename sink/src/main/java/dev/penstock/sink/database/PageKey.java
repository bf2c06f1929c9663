package dev.penstock.sink.database;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Where a page of newest-first content ends; the next page begins after it, however much arrived meanwhile.
public record PageKey(Instant completedAt, UUID contentId) {

  static PageKey of(StoredContent last) {
    return new PageKey(
        last.content().getTimings().getCompletedAt(), UUID.fromString(last.content().getContentId()));
  }

  /// As it stands in a URL.
  @Override
  public String toString() {
    return completedAt.toEpochMilli() + "_" + contentId;
  }

  /// Empty if `text` is not what [#toString] writes.
  public static Optional<PageKey> parse(String text) {
    int separator = text.indexOf('_');
    if (separator < 0) return Optional.empty();
    try {
      Instant completedAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, separator)));
      return Optional.of(new PageKey(completedAt, UUID.fromString(text.substring(separator + 1))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
