package dev.penstock.runtime;

import java.io.PrintStream;
import java.time.Duration;

/// Waits at start for something that is not reachable yet, saying so every few seconds, and gives up after a while.
public final class StartupWait {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(4);

  private final PrintStream out;
  private final Duration patience;

  /// Waits for as long as it takes.
  public StartupWait(PrintStream out) {
    this(out, Duration.ofDays(365));
  }

  /// @param patience for each thing that is waited for
  public StartupWait(PrintStream out, Duration patience) {
    this.out = out;
    this.patience = patience;
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
  /// @throws UserError what waiting cannot mend, or after all the patience
  public void until(String what, Attempt attempt) throws InterruptedException {
    long begin = System.nanoTime();
    long nextLine = begin;
    while (true) {
      try {
        attempt.run();
        return;
      } catch (UserError | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (System.nanoTime() - begin >= patience.toNanos()) throw givenUp(what, e);
        if (System.nanoTime() - nextLine >= 0) {
          out.println("waiting for " + what + ": " + reason(e));
          nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
        }
        Thread.sleep(BETWEEN_TRIES);
      }
    }
  }

  private UserError givenUp(String what, Exception e) {
    return new UserError(
        "%s was not there for %d s (%s): start it, or correct its address in the settings"
            .formatted(what, patience.toSeconds(), reason(e)),
        e);
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) deepest = deepest.getCause();
    return deepest.getMessage() != null ? deepest.getMessage() : deepest.getClass().getSimpleName();
  }
}
