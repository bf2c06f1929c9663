package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import java.util.Set;

/// SIGTERM, and started again when it has ended.
record TerminatedInstance(Site site, int index) implements Fault {

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
    instance.process().terminate();
    if (!instance.crashReportsOf(instance.process()).isEmpty())
      throw new IllegalStateException(instance.name() + " crashed when it was told to stop");
    instance.start().awaitReady();
  }
}
