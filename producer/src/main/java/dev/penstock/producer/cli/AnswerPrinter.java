package dev.penstock.producer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.producer.answers.Answer;
import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.runtime.UserError;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Shows an answer: text on standard output, everything else in files, how it went on standard error.
///
/// @param outFile where content goes, or null; further variants go beside it with `-1`, `-2` ... in their names
record AnswerPrinter(ContentBodies bodies, PrintWriter out, PrintWriter err, @Nullable Path outFile) {

  /// @return the exit code: 0 if there is content, else 1
  int print(Answer answer) {
    return describe(answer, this::show);
  }

  /// Text goes to somebody who has shown the beginning of it; all else is as with [#print].
  int print(Answer answer, LiveText live) {
    for (ContentGenerated content : answer.contents())
      if (ContentBodies.isText(content)) live.end(content, body(content));
    return describe(answer, content -> {
      if (!ContentBodies.isText(content)) show(content);
    });
  }

  private int describe(Answer answer, Consumer<ContentGenerated> show) {
    PromptOutcome outcome = answer.outcome();
    err.println(Printable.text(summary(outcome)));
    outcome.getFailures().forEach(f -> err.println(Printable.text("variant %d: %s".formatted(f.getVariant(), f.getMessage()))));
    for (ContentGenerated content : answer.contents()) {
      err.println(Printable.text(details(content)));
      show.accept(content);
    }
    int missing = outcome.getContentIds().size() - answer.contents().size();
    if (missing > 0) err.println("%d contents are no longer on the topic".formatted(missing));
    out.flush();
    return outcome.getOutcome() == Outcome.COMPLETED || outcome.getOutcome() == Outcome.PARTIAL ? 0 : 1;
  }

  private static String summary(PromptOutcome outcome) {
    double seconds = Duration.between(outcome.getRequestedAt(), outcome.getEndedAt()).toMillis() / 1000.0;
    StringBuilder line = new StringBuilder(outcome.getOutcome().name());
    if (outcome.getDuplicateOf() != null) line.append(' ').append(outcome.getDuplicateOf());
    line.append(String.format(Locale.ROOT, " after %.2f s", seconds));
    if (outcome.getModel() != null) line.append(" by ").append(outcome.getModel());
    if (outcome.getReason() != null) line.append(": ").append(outcome.getReason());
    if (outcome.getMessage() != null) line.append(": ").append(outcome.getMessage());
    return line.toString();
  }

  private static String details(ContentGenerated content) {
    StringBuilder line = new StringBuilder("variant %d, seed %d".formatted(content.getVariant(), content.getSeed()));
    var usage = content.getUsage();
    if (usage.getOutputTokens() > 0)
      line.append(", %d + %d tokens".formatted(usage.getInputTokens(), usage.getOutputTokens()));
    content.getScores().forEach((name, score) -> line.append(String.format(Locale.ROOT, ", %s %.2f", name, score)));
    return line.toString();
  }

  private void show(ContentGenerated content) {
    if (outFile != null) save(content, variantFile(outFile, content.getVariant()));
    else if (ContentBodies.isText(content)) out.println(Printable.text(new String(body(content), UTF_8)));
    else
      err.println(
          "%s, %d bytes; save it with: penstock get %s --out FILE"
              .formatted(content.getMediaType(), content.getBodySize(), content.getPromptId()));
  }

  private byte[] body(ContentGenerated content) {
    try {
      return bodies.of(content);
    } catch (IOException e) {
      throw new UserError(
          "the body of content %s cannot be had: %s".formatted(content.getContentId(), e.getMessage()), e);
    }
  }

  private void save(ContentGenerated content, Path file) {
    try {
      Files.write(file, body(content));
    } catch (IOException e) {
      throw new UserError("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
    err.println("saved %s (%s, %d bytes)".formatted(file, content.getMediaType(), content.getBodySize()));
  }

  static Path variantFile(Path file, int variant) {
    if (variant == 0) return file;
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return file.resolveSibling(stem + "-" + variant + name.substring(stem.length()));
  }
}
