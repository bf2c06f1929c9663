package dev.penstock.generators.engine.lane;

import dev.penstock.generators.engine.EngineClock;
import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until it is told otherwise.
final class VirtualClock implements EngineClock {

  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanoTime() {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
