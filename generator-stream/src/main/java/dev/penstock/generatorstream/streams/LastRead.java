package dev.penstock.generatorstream.streams;

import org.jspecify.annotations.Nullable;

/// When each stream thread last read records: all that it works on was written before. Threads tell and ask for
/// themselves.
public final class LastRead {

  private final ThreadLocal<@Nullable Long> nanos = new ThreadLocal<>();

  /// This thread has just read.
  void isNow() {
    nanos.set(System.nanoTime());
  }

  /// As `System.nanoTime()` tells it; now, for a thread that never told.
  public long nanos() {
    Long last = nanos.get();
    return last == null ? System.nanoTime() : last;
  }
}
