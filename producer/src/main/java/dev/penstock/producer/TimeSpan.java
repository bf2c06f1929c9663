package dev.penstock.producer;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Time spans as people type them: `500ms`, `30s`, `5m`, `2h`.
public final class TimeSpan {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private TimeSpan() {}

  /// @throws IllegalArgumentException if `text` has another form or is zero
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) throw new IllegalArgumentException("a time span is a number and ms, s, m or h");
    long amount = Long.parseLong(matcher.group(1));
    if (amount == 0) throw new IllegalArgumentException("a time span is longer than zero");
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
