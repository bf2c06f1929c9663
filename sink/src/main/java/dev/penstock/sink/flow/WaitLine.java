package dev.penstock.sink.flow;

import java.io.PrintStream;
import java.time.Duration;

/// Says what the sink waits for: at once, then every few seconds, and once when it is over. One thread uses it.
public final class WaitLine {

  static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(4);

  private final PrintStream out;
  private boolean isWaiting;
  private long lastLine;

  public WaitLine(PrintStream out) {
    this.out = out;
  }

  void say(String what, Exception why) {
    long now = System.nanoTime();
    if (isWaiting && now - lastLine < BETWEEN_LINES.toNanos()) return;
    isWaiting = true;
    lastLine = now;
    out.println("sink: waiting for " + what + ": " + why.getMessage());
  }

  void over() {
    if (isWaiting) out.println("sink: going on");
    isWaiting = false;
  }
}
