package dev.penstock.chaos.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for conditions by looking at them again and again.
public final class Wait {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(15);

  private Wait() {}

  /// A look that says that waiting is useless.
  @FunctionalInterface
  public interface Hope {
    /// @throws IllegalStateException if what is waited for cannot come any more; the message says why
    void check();
  }

  /// @param what for the message, as in `waited 3 s until WHAT`
  /// @throws IllegalStateException if it did not come in time
  public static void until(String what, Duration atMost, BooleanSupplier condition) {
    until(what, atMost, () -> {}, condition::getAsBoolean, isTrue -> isTrue);
  }

  /// @return the first value that was as wanted
  /// @throws IllegalStateException if none was in time, or there is no hope
  public static <T> T until(String what, Duration atMost, Hope hope, Supplier<T> look, Predicate<T> wanted) {
    long giveUp = System.nanoTime() + atMost.toNanos();
    while (true) {
      T seen = look.get();
      if (wanted.test(seen)) return seen;
      hope.check();
      if (System.nanoTime() - giveUp > 0)
        throw new IllegalStateException("waited %d s until %s; last seen: %s".formatted(atMost.toSeconds(), what, seen));
      pause(BETWEEN_LOOKS);
    }
  }

  /// @throws IllegalStateException if the thread is interrupted; its flag stays set
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it waited", e);
    }
  }
}
