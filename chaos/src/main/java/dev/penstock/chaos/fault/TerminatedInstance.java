package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;

/// SIGTERM, and started again when it has ended.
record TerminatedInstance(Site site, int index) implements InstanceFault {

  @Override
  public void strike() {
    GeneratorInstance instance = instance();
    instance.process().terminate();
    if (!instance.crashReportsOf(instance.process()).isEmpty())
      throw new IllegalStateException(instance.name() + " crashed when it was told to stop");
    instance.start().awaitReady();
  }
}
