package dev.penstock.producer.cli;

import dev.penstock.producer.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads options such as `--timeout 30s`.
final class TimeSpanConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      return TimeSpan.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'%s' is no time span such as 500ms, 30s, 5m or 2h".formatted(text));
    }
  }
}
