package dev.penstock.standalone;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.UserError;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;

/// Parts that start while somebody may already want to stop: a stop waits for what is just starting, closes what has
/// started, the last first, and lets nothing start afterwards. Any thread may call any method.
final class Parts implements AutoCloseable {

  /// Starts a part.
  @FunctionalInterface
  interface Starter<T> {
    T start() throws Exception;
  }

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final PrintStream out;
  private final OrderlyStop started = new OrderlyStop();
  private final ReadWriteLock starting = new ReentrantReadWriteLock();
  private volatile boolean isStopping;

  /// @param out gets a line for each part that is ready
  Parts(PrintStream out) {
    this.out = out;
  }

  /// Starts a part that is ready when its starter returns.
  ///
  /// @param description of the running part, for example `kafka 127.0.0.1:9092`
  /// @throws UserError if a stop was asked for, or what the starter throws
  <T extends AutoCloseable> T start(String name, Starter<T> starter, Function<T, String> description)
      throws Exception {
    return start(name, starter, part -> true, description);
  }

  /// Starts a part and says how long it took until it was ready. The starter should not take long: a stop waits for
  /// it, but not for the part to become ready.
  ///
  /// @throws UserError if a stop was asked for, or the part does not become ready, or what the starter throws
  <T extends AutoCloseable> T start(
      String name, Starter<T> starter, Predicate<T> isReady, Function<T, String> description) throws Exception {
    long begin = System.nanoTime();
    T part = startUnlessStopping(name, starter);
    while (!isReady.test(part)) {
      requireNotStopping();
      if (System.nanoTime() - begin > READY_WITHIN.toNanos())
        throw new UserError(
            "%s is not ready after %d s; see what it logged above".formatted(name, READY_WITHIN.toSeconds()));
      Thread.sleep(BETWEEN_LOOKS);
    }
    out.printf("%s ready in %.1f s%n", description.apply(part), (System.nanoTime() - begin) / 1e9);
    return part;
  }

  private <T extends AutoCloseable> T startUnlessStopping(String name, Starter<T> starter) throws Exception {
    starting.readLock().lock();
    try {
      requireNotStopping();
      return started.add(name, starter.start());
    } finally {
      starting.readLock().unlock();
    }
  }

  private void requireNotStopping() {
    if (isStopping) throw new UserError("stopped while it started");
  }

  @Override
  public void close() {
    isStopping = true;
    starting.writeLock().lock();
    starting.writeLock().unlock();
    started.stop();
  }
}
