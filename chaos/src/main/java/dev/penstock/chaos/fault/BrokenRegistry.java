package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.cluster.TcpProxy.Mode;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// The registry fails every service for a while in which an instance is started again, which needs it.
record BrokenRegistry(Site site, int index, Mode mode, Duration length) implements Fault {

  @Override
  public String target() {
    return site.instances().get(index).name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.REGISTRY, Claims.instance(index));
  }

  @Override
  public void strike() {
    GeneratorInstance instance = site.instances().get(index);
    site.registryProxy().set(mode);
    try {
      instance.process().terminate();
      instance.start();
      Wait.pause(length);
    } finally {
      site.registryProxy().set(new Mode.Pass());
    }
    instance.awaitReady();
  }
}
