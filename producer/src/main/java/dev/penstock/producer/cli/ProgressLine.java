package dev.penstock.producer.cli;

import dev.penstock.producer.campaign.CampaignProgress;
import java.io.PrintWriter;
import java.time.Duration;

/// Shows how far a campaign is: a bar that is drawn again and again on a terminal, a line now and then elsewhere. One
/// thread uses it.
final class ProgressLine {

  private static final int WIDTH = 24;
  private static final Duration ON_TERMINAL = Duration.ofMillis(100);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final long total;
  private final boolean isTerminal;
  private final boolean withAnswers;
  private long nextNanos = System.nanoTime();

  /// @param isTerminal whether `err` ends at one that knows cursor control
  /// @param withAnswers whether answers are waited for
  ProgressLine(PrintWriter err, long total, boolean isTerminal, boolean withAnswers) {
    this.err = err;
    this.total = total;
    this.isTerminal = isTerminal;
    this.withAnswers = withAnswers;
  }

  /// Shows it if it is time to.
  void show(CampaignProgress progress) {
    if (System.nanoTime() - nextNanos < 0) return;
    nextNanos = System.nanoTime() + (isTerminal ? ON_TERMINAL : ELSEWHERE).toNanos();
    print(progress, isTerminal ? "" : "\n");
  }

  /// Shows it for the last time.
  void end(CampaignProgress progress) {
    print(progress, "\n");
  }

  private void print(CampaignProgress progress, String end) {
    err.print((isTerminal ? "\r\033[K" : "") + text(progress) + end);
    err.flush();
  }

  private String text(CampaignProgress progress) {
    long done = withAnswers ? progress.answered() : progress.sent();
    int filled = (int) (WIDTH * done / Math.max(1, total));
    String text = "[%s%s] sent %d/%d".formatted("#".repeat(filled), "-".repeat(WIDTH - filled), progress.sent(), total);
    if (withAnswers) text += ", answered %d".formatted(progress.answered());
    return progress.failed() == 0 ? text : text + ", failed %d".formatted(progress.failed());
  }
}
