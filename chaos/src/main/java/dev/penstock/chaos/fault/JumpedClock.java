package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.MovableClock;
import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// One more instance joins, whose wall clock jumps and jumps back after a while; then it leaves. The clocks of all others
/// and of the machine stay.
///
/// @param offset how far, forward or back
/// @param length how long
record JumpedClock(Site site, Duration offset, Duration length) implements Fault {

  private static final int STARTS = 5;
  private static final Duration SETTLE = Duration.ofSeconds(3);

  @Override
  public String target() {
    return "%s by %d s".formatted(site.offClock().orElseThrow().name(), offset.toSeconds());
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.SPARE);
  }

  @Override
  public void strike() {
    MovableClock clock = site.clock().orElseThrow();
    GeneratorInstance instance = site.offClock().orElseThrow();
    start(instance);
    try {
      Wait.pause(SETTLE);
      clock.set(offset);
      Wait.pause(length);
    } finally {
      clock.set(Duration.ZERO);
    }
    Wait.pause(SETTLE);
    if (instance.isRunning()) instance.process().terminate();
  }

  /// libfaketime 0.9.10 reads the environment while the JVM starts, and now and then crashes it (in `getenv`).
  private static void start(GeneratorInstance instance) {
    for (int attempt = 1; ; attempt++) {
      try {
        instance.start().awaitReady();
        return;
      } catch (IllegalStateException e) {
        boolean crashed = !instance.isRunning() && !instance.crashReportsOf(instance.process()).isEmpty();
        if (!crashed || attempt == STARTS) throw e;
      }
    }
  }
}
