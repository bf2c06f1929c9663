package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// SIGSTOP until others have taken the tasks, then SIGCONT: it wakes believing that they are still its own.
///
/// @param asleep longer than its session
record FrozenInstance(Site site, int index, Duration asleep) implements Fault {

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
    instance.process().freeze();
    try {
      Wait.pause(asleep);
    } finally {
      instance.process().resume();
    }
    instance.awaitReady();
  }
}
