package dev.penstock.standalone.demo;

import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.producer.campaign.CampaignRow;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// One line for each prompt: id, model, latency from the record's timestamp to its content, and the first words or the
/// file.
final class ResultTable {

  private static final int WORDS = 56;
  private static final String LINE = "%-36s  %-28s  %7s  %s%n";

  private final PrintStream out;
  private final PictureFiles files;
  private final ContentBodies bodies;

  ResultTable(PrintStream out, PictureFiles files, ContentBodies bodies) {
    this.out = out;
    this.files = files;
    this.bodies = bodies;
  }

  void print(DemoCampaign campaign, DemoResults results) throws IOException {
    out.printf(LINE, "prompt", "model", "latency", "content");
    int row = 0;
    for (CampaignRow.Good good : campaign.rows()) print(++row, good.prompt().getPromptId(), results);
  }

  private void print(int row, String promptId, DemoResults results) throws IOException {
    for (ContentGenerated content : results.contents(promptId)) {
      String model = content.getModel().getName() + "@" + content.getModel().getVersion();
      var timings = content.getTimings();
      Duration latency = Duration.between(timings.getRequestedAt(), timings.getCompletedAt());
      out.printf(LINE, promptId, model, seconds(latency), shown(row, content));
    }
    if (results.contents(promptId).isEmpty())
      out.printf(LINE, promptId, "-", "-", results.outcome(promptId).map(ResultTable::ending).orElse("no outcome"));
  }

  private static String seconds(Duration latency) {
    return String.format(Locale.ROOT, "%.1f s", latency.toMillis() / 1000.0);
  }

  private static String ending(PromptOutcome outcome) {
    return "%s %s: %s".formatted(outcome.getOutcome(), outcome.getReason(), outcome.getMessage());
  }

  private String shown(int row, ContentGenerated content) throws IOException {
    if (PictureFiles.isFile(content)) {
      Path file = files.write("%02d-%s".formatted(row, content.getVariant()), content);
      return file.toString();
    }
    String text = new String(bodies.of(content), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() <= WORDS ? text : text.substring(0, WORDS - 1) + "\u2026";
  }
}
