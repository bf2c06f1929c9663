package dev.penstock.runtime;

import java.io.PrintStream;
import java.time.Duration;

/// Waits at start for something that is not reachable yet, saying so every few seconds.
public final class StartupWait {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(4);

  private final PrintStream out;

  public StartupWait(PrintStream out) {
    this.out = out;
  }

  /// One try to reach something.
  @FunctionalInterface
  public interface Attempt {
    /// @throws Exception if it is not reachable; the message says why
    void run() throws Exception;
  }

  /// Tries until it succeeds. Errors that waiting cannot mend ([UserError]) are thrown at once.
  ///
  /// @param what for the line, for example `schema registry http://127.0.0.1:8081`
  public void until(String what, Attempt attempt) throws InterruptedException {
    long nextLine = System.nanoTime();
    while (true) {
      try {
        attempt.run();
        return;
      } catch (UserError | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (System.nanoTime() - nextLine >= 0) {
          out.println("waiting for " + what + ": " + reason(e));
          nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
        }
        Thread.sleep(BETWEEN_TRIES);
      }
    }
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) deepest = deepest.getCause();
    return deepest.getMessage() != null ? deepest.getMessage() : deepest.getClass().getSimpleName();
  }
}
