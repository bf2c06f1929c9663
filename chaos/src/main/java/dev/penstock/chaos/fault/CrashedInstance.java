package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import java.util.Set;

/// SIGSEGV in the thread that runs the inference library's code; the JVM leaves a crash report, and the instance is
/// started again.
record CrashedInstance(Site site, int index) implements Fault {

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
    if (!instance.crashWhileItSteps()) throw new IllegalStateException(instance.name() + " has no model loaded");
    instance.process().awaitExit();
    if (instance.crashReportsOf(instance.process()).isEmpty())
      throw new IllegalStateException(instance.name() + " ended without a crash report");
    instance.start().awaitReady();
  }
}
