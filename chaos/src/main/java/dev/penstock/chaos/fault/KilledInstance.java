package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// `kill -9` of an instance, which is started again after a while.
///
/// @param away how long it is not there
record KilledInstance(Site site, int index, Duration away) implements Fault {

  @Override
  public String target() {
    return site.instances().get(index).name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.instance(index));
  }

  @Override
  public void strike() {
    GeneratorInstance instance = site.instances().get(index);
    instance.process().kill();
    Wait.pause(away);
    instance.start().awaitReady();
  }
}
