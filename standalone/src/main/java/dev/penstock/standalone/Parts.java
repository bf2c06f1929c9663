package dev.penstock.standalone;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.UserError;
import java.io.PrintStream;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/// Parts that start while somebody may already want to stop: a stop waits for what is just starting, closes what has
/// started, the last first, and lets nothing start afterwards. Any thread may call any method.
final class Parts implements AutoCloseable {

  /// Starts a part.
  @FunctionalInterface
  interface Starter<T> {
    T start() throws Exception;
  }

  private final PrintStream out;
  private final OrderlyStop started = new OrderlyStop();
  private final ReadWriteLock starting = new ReentrantReadWriteLock();
  private boolean isStopping;

  /// @param out gets a line for each part that is ready
  Parts(PrintStream out) {
    this.out = out;
  }

  /// Starts a part and says how long it took.
  ///
  /// @param description of the running part, for example `kafka 127.0.0.1:9092`
  /// @throws UserError if a stop was asked for, or what the starter throws
  <T extends AutoCloseable> T start(String name, Starter<T> starter, Function<T, String> description)
      throws Exception {
    starting.readLock().lock();
    try {
      if (isStopping) throw new UserError("stopped while it started");
      long begin = System.nanoTime();
      T part = started.add(name, starter.start());
      out.printf("%s ready in %.1f s%n", description.apply(part), (System.nanoTime() - begin) / 1e9);
      return part;
    } finally {
      starting.readLock().unlock();
    }
  }

  @Override
  public void close() {
    starting.writeLock().lock();
    isStopping = true;
    starting.writeLock().unlock();
    started.stop();
  }
}
