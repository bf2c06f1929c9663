package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// One more instance joins, works for a while and leaves in order.
///
/// @param stay how long it works
record ScaledOut(Site site, Duration stay) implements Fault {

  @Override
  public String target() {
    return site.spare().name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.SPARE);
  }

  @Override
  public void strike() {
    site.spare().start().awaitReady();
    Wait.pause(stay);
    site.spare().process().terminate();
  }
}
