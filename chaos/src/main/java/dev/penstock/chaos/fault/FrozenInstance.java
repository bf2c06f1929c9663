package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;

/// SIGSTOP until others have taken the tasks, then SIGCONT: it wakes believing that they are still its own.
///
/// @param asleep longer than its session
record FrozenInstance(Site site, int index, Duration asleep) implements InstanceFault {

  @Override
  public void strike() {
    GeneratorInstance instance = instance();
    instance.process().freeze();
    try {
      Wait.pause(asleep);
    } finally {
      instance.process().resume();
    }
    instance.awaitReady();
  }
}
