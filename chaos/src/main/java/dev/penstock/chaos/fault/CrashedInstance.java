package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;

/// SIGSEGV in the thread that runs the inference library's code; the JVM leaves a crash report, and the instance is
/// started again.
record CrashedInstance(Site site, int index) implements InstanceFault {

  @Override
  public void strike() {
    GeneratorInstance instance = instance();
    if (!instance.crashWhileItSteps()) throw new IllegalStateException(instance.name() + " has no model loaded");
    instance.process().awaitExit();
    if (instance.crashReportsOf(instance.process()).isEmpty())
      throw new IllegalStateException(instance.name() + " ended without a crash report");
    instance.start().awaitReady();
  }
}
