package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.cluster.TcpProxy;
import dev.penstock.chaos.cluster.TcpProxy.Mode;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The way between an instance and all brokers is cut, slow or silent for a while.
record BrokenNetwork(Site site, int index, Mode mode, Duration length) implements Fault {

  @Override
  public String target() {
    return site.instances().get(index).name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.network(index));
  }

  @Override
  public void strike() {
    List<TcpProxy> ways = site.brokers().proxies(Site.network(index));
    ways.forEach(way -> way.set(mode));
    try {
      Wait.pause(length);
    } finally {
      ways.forEach(way -> way.set(new Mode.Pass()));
    }
  }
}
