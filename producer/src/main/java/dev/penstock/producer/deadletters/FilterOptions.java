package dev.penstock.producer.deadletters;

import dev.penstock.producer.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that choose dead letters; use as a picocli `@Mixin`.
final class FilterOptions {

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      converter = TimeConverter.class,
      description = "Failed then or later: a span back (30m, 2h) or a time (2026-11-22T10:00:00Z).")
  @Nullable Instant since;

  @Option(names = "--until", paramLabel = "WHEN", converter = TimeConverter.class, description = "Failed before that.")
  @Nullable Instant until;

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      split = ",",
      description = "Failed for this reason, for example POISON. Repeatable.")
  Set<String> reasons = new LinkedHashSet<>();

  @Option(names = "--tenant", paramLabel = "NAME", description = "Of this tenant.")
  @Nullable String tenant;

  @Option(names = "--id", paramLabel = "ID", description = "Of this prompt.")
  @Nullable String promptId;

  @Option(
      names = "--source",
      paramLabel = "TOPIC[-PARTITION[@OFFSET]]",
      converter = SourceConverter.class,
      description = "Came from there, for example penstock.prompts.v1-3.")
  DeadLetterFilter.@Nullable Source source;

  DeadLetterFilter filter() {
    return new DeadLetterFilter(since, until, reasons, tenant, promptId, source);
  }

  /// A span back from now, or a time.
  static final class TimeConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
      try {
        if (text.indexOf('T') > 0) return Instant.parse(text);
        Duration span = TimeSpan.parse(text);
        return Instant.now().minus(span);
      } catch (DateTimeParseException | IllegalArgumentException e) {
        throw new TypeConversionException(
            "'%s' is neither a time span such as 30s, 5m or 2h, nor a time such as 2026-11-22T10:00:00Z"
                .formatted(text));
      }
    }
  }

  /// `topic`, `topic-partition` or `topic-partition@offset`.
  static final class SourceConverter implements ITypeConverter<DeadLetterFilter.Source> {

    private static final Pattern FORM = Pattern.compile("([a-zA-Z0-9._-]+?)(?:-(\\d{1,9})(?:@(\\d{1,18}))?)?");

    @Override
    public DeadLetterFilter.Source convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches())
        throw new TypeConversionException(
            "'%s' is no source such as penstock.prompts.v1, penstock.prompts.v1-3 or penstock.prompts.v1-3@17"
                .formatted(text));
      return new DeadLetterFilter.Source(
          form.group(1),
          form.group(2) == null ? null : Integer.valueOf(form.group(2)),
          form.group(3) == null ? null : Long.valueOf(form.group(3)));
    }
  }
}
