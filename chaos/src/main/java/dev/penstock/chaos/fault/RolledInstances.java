package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Every instance is stopped in order (SIGTERM) and started again, the next when the one before is ready: how a new
/// version is rolled out.
record RolledInstances(Site site) implements Fault {

  @Override
  public String target() {
    return "all %d instances".formatted(site.instances().size());
  }

  @Override
  public Set<String> claims() {
    return IntStream.range(0, site.instances().size()).mapToObj(Claims::instance).collect(Collectors.toSet());
  }

  @Override
  public void strike() {
    for (GeneratorInstance instance : site.instances()) {
      instance.process().terminate();
      instance.start().awaitReady();
    }
  }
}
