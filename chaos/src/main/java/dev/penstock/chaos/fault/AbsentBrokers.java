package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// `kill -9` of all brokers at once, which are started again after a while.
///
/// @param away how long they are not there
record AbsentBrokers(Site site, Duration away) implements Fault {

  @Override
  public String target() {
    return "all brokers";
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.BROKERS);
  }

  @Override
  public void strike() {
    site.brokers().killAll();
    Wait.pause(away);
    site.brokers().startAll(true);
    site.brokers().awaitReplicated();
  }
}
