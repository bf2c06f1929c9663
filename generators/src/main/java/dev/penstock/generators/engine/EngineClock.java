package dev.penstock.generators.engine;

import java.time.Instant;
import java.time.InstantSource;

/// The two clocks of the engine: wall time, which deadlines are given in, and a monotonic one, which durations are
/// measured with. Any thread.
public interface EngineClock extends InstantSource {

  /// Nanoseconds since some fixed moment; only differences mean something.
  long nanoTime();

  /// The clocks of this machine.
  static EngineClock system() {
    return new EngineClock() {
      @Override
      public Instant instant() {
        return Instant.now();
      }

      @Override
      public long millis() {
        return System.currentTimeMillis();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }
    };
  }
}
