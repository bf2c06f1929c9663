package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import java.util.Set;

/// `kill -9` of the sink in the middle of its work, and started again.
record KilledSink(Site site) implements Fault {

  @Override
  public String target() {
    return site.sink().name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.SINK);
  }

  @Override
  public void strike() {
    site.sink().process().kill();
    site.startSink();
  }
}
