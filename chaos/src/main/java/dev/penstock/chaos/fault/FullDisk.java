package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.SmallFileSystem;
import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Wait;
import java.time.Duration;
import java.util.Set;

/// Nothing more can be written where the second instance keeps its inbox. If its process ends of that, it is started
/// again when there is room, as a supervisor would.
///
/// @param length how long it is full
record FullDisk(Site site, Duration length) implements Fault {

  private static final int INSTANCE = 1;

  @Override
  public String target() {
    return site.instances().get(INSTANCE).name();
  }

  @Override
  public Set<String> claims() {
    return Set.of(Claims.instance(INSTANCE));
  }

  @Override
  public void strike() {
    SmallFileSystem disk = site.smallFileSystem().orElseThrow();
    GeneratorInstance instance = site.instances().get(INSTANCE);
    disk.fill();
    try {
      Wait.pause(length);
    } finally {
      disk.empty();
    }
    if (!instance.isRunning()) instance.start();
    instance.awaitReady();
  }
}
