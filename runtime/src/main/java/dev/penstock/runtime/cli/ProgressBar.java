package dev.penstock.runtime.cli;

import java.io.PrintStream;
import java.util.Locale;

/// One line that grows on a terminal; elsewhere one line for each stage. Any thread may call it.
public final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 30;
  private static final long BETWEEN_DRAWS_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private String stage = "";
  private long lastDraw;
  private boolean lineIsOpen;

  public ProgressBar(PrintStream out) {
    this(out, System.console() != null && System.console().isTerminal());
  }

  ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// @param stage what is being done
  /// @param done how much of it
  /// @param total of how much; 0 if not known
  public synchronized void at(String stage, long done, long total) {
    boolean newStage = !stage.equals(this.stage);
    if (newStage) endLine();
    this.stage = stage;
    if (!terminal) {
      if (newStage) out.println(stage);
      return;
    }
    boolean finished = total > 0 && done >= total;
    if (!newStage && !finished && System.nanoTime() - lastDraw < BETWEEN_DRAWS_NANOS) return;
    lastDraw = System.nanoTime();
    out.print("\r" + draw(stage, done, total) + "\u001b[K");
    out.flush();
    lineIsOpen = true;
  }

  private static String draw(String stage, long done, long total) {
    if (total <= 0) return String.format(Locale.ROOT, "%-28s %,d", stage, done);
    double share = Math.clamp((double) done / total, 0, 1);
    int filled = (int) Math.round(share * WIDTH);
    return String.format(
        Locale.ROOT, "%-28s [%s%s] %3.0f%%", stage, "#".repeat(filled), ".".repeat(WIDTH - filled), 100 * share);
  }

  private void endLine() {
    if (lineIsOpen) out.println();
    lineIsOpen = false;
  }

  /// Ends the line. May be called more than once.
  @Override
  public synchronized void close() {
    endLine();
  }
}
