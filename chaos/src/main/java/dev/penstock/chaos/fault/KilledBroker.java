package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.BrokerProcess;
import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// `kill -9` of one of three brokers, which is started again after a while and takes part again when it has caught up.
///
/// @param away how long it is not there
record KilledBroker(Site site, int index, Duration away) implements Fault {

  @Override
  public String target() {
    return site.brokers().brokers().get(index).name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.BROKERS);
  }

  @Override
  public void strike() {
    BrokerProcess broker = site.brokers().brokers().get(index);
    broker.process().kill();
    Wait.pause(away);
    site.brokers().start(broker);
    site.brokers().awaitReplicated();
  }
}
