package dev.penstock.producer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Records as one line each: time, kind, prompt id, what there is to say.
record EventLines(ContentBodies bodies) {

  private static final int LONGEST_TEXT = 160;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  String of(ContentGenerated content) {
    String what = ContentBodies.isText(content) ? quoted(content) : size(content);
    return line(
        content.getTimings().getCompletedAt(), "content", content.getPromptId(), content.getModel().getName() + " " + what);
  }

  private String quoted(ContentGenerated content) {
    try {
      return '"' + new String(bodies.of(content), UTF_8) + '"';
    } catch (IOException e) {
      return size(content) + ", not to be had: " + e.getMessage();
    }
  }

  private static String size(ContentGenerated content) {
    return "%s, %d bytes".formatted(content.getMediaType(), content.getBodySize());
  }

  String of(PromptOutcome outcome) {
    String what = outcome.getOutcome().name();
    if (outcome.getReason() != null) what += " " + outcome.getReason();
    if (outcome.getMessage() != null) what += ": " + outcome.getMessage();
    String id = outcome.getPromptId() != null ? outcome.getPromptId() : position(outcome);
    return line(outcome.getEndedAt(), "outcome", id, what);
  }

  /// What stands for the id of a prompt that had none.
  private static String position(PromptOutcome outcome) {
    var source = outcome.getSource();
    return "%s-%d@%d".formatted(source.getTopic(), source.getPartition(), source.getOffset());
  }

  private static String line(Instant time, String kind, String promptId, String what) {
    return "%s  %s  %s  %s"
        .formatted(TIME.format(time), kind, Printable.line(promptId, 128), Printable.line(what, LONGEST_TEXT));
  }
}
