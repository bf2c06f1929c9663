package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.MovableClock;
import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// The wall clock of the first instance jumps and jumps back after a while. The machine's clock stays.
///
/// @param offset how far, forward or back
/// @param length how long
record JumpedClock(Site site, Duration offset, Duration length) implements Fault {

  private static final int INSTANCE = 0;

  @Override
  public String target() {
    return "%s by %d s".formatted(site.instances().get(INSTANCE).name(), offset.toSeconds());
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.instance(INSTANCE));
  }

  @Override
  public void strike() {
    MovableClock clock = site.clock().orElseThrow();
    GeneratorInstance instance = site.instances().get(INSTANCE);
    clock.set(offset);
    try {
      Wait.pause(length);
    } finally {
      clock.set(Duration.ZERO);
    }
    if (!instance.isRunning()) instance.start();
    instance.awaitReady();
  }
}
