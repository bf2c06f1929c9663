package dev.penstock.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One thing that may be set.
///
/// @param name dotted lower case, for example `inbox.max.entries`
/// @param fallback the value as text when nothing is set; null if the key must be set
/// @param allowed range or form in words, for messages and the generated table
/// @param purpose one sentence
/// @param parser text to value; throws IllegalArgumentException if the text is not allowed
/// @param isSecret whether the value is shown to nobody
public record Key<T>(
    String name,
    @Nullable String fallback,
    String allowed,
    String purpose,
    Function<String, T> parser,
    boolean isSecret) {

  public Key(String name, @Nullable String fallback, String allowed, String purpose, Function<String, T> parser) {
    this(name, fallback, allowed, purpose, parser, false);
  }

  /// A password or token; empty if it is not set.
  public static Key<String> secret(String name, String purpose) {
    return new Key<>(name, "", "text", purpose, Function.identity(), true);
  }

  public static Key<String> text(String name, @Nullable String fallback, String purpose) {
    return new Key<>(name, fallback, "text", purpose, Function.identity());
  }

  public static Key<String> oneOf(String name, List<String> choices, @Nullable String fallback, String purpose) {
    return new Key<>(
        name,
        fallback,
        "one of " + String.join(", ", choices),
        purpose,
        text -> {
          if (!choices.contains(text)) throw new IllegalArgumentException();
          return text;
        });
  }

  public static Key<Long> number(String name, long minimum, long maximum, @Nullable Long fallback, String purpose) {
    return new Key<>(
        name,
        fallback == null ? null : Long.toString(fallback),
        minimum + " to " + maximum,
        purpose,
        text -> {
          long value = Long.parseLong(text);
          if (value < minimum || value > maximum) throw new IllegalArgumentException();
          return value;
        });
  }

  public static Key<Boolean> flag(String name, boolean fallback, String purpose) {
    return new Key<>(
        name,
        Boolean.toString(fallback),
        "true or false",
        purpose,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  /// A duration in milliseconds.
  public static Key<Duration> millis(String name, long minimum, long maximum, long fallback, String purpose) {
    Key<Long> number = number(name, minimum, maximum, fallback, purpose);
    return new Key<>(
        name, number.fallback(), number.allowed() + " (ms)", purpose, number.parser().andThen(Duration::ofMillis));
  }

  public static Key<Path> path(String name, @Nullable String fallback, String purpose) {
    return new Key<>(name, fallback, "a path", purpose, Path::of);
  }

  public static Key<URI> uri(String name, @Nullable String fallback, String purpose) {
    return new Key<>(name, fallback, "a URI", purpose, URI::create);
  }
}
