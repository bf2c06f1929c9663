package dev.penstock.sink.gallery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Figures as people read them.
public final class Formats {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Formats() {}

  /// `480 ms`, `2.4 s`, `3 min 20 s`, `2 h 5 min`.
  public static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 0) return "0 ms";
    if (millis < 1_000) return millis + " ms";
    if (millis < 60_000) return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    if (millis < 3_600_000) return "%d min %d s".formatted(millis / 60_000, millis / 1_000 % 60);
    return "%d h %d min".formatted(millis / 3_600_000, millis / 60_000 % 60);
  }

  /// `480 µs` below a millisecond, else as [#duration].
  static String micros(long micros) {
    return micros < 1_000 ? Math.max(0, micros) + " µs" : duration(Duration.ofNanos(micros * 1_000));
  }

  /// `1,204`.
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// `0.83`.
  static String score(double score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  /// `812 B`, `3.4 kB`, `1.2 MB`.
  static String size(long bytes) {
    if (bytes < 1_000) return bytes + " B";
    if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0);
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }

  /// `22 Nov 2026, 10:00:00 UTC`; the page's script turns it into words like "2 minutes ago".
  public static Html time(Instant instant) {
    return Html.of("<time datetime=\"{}\">{}</time>", instant, UTC.format(instant));
  }

  /// `classMatch` as `class match`.
  static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
