package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;

/// `kill -9` of an instance, which is started again after a while.
///
/// @param away how long it is not there
record KilledInstance(Site site, int index, Duration away) implements InstanceFault {

  @Override
  public void strike() {
    GeneratorInstance instance = instance();
    instance.process().kill();
    Wait.pause(away);
    instance.start().awaitReady();
  }
}
