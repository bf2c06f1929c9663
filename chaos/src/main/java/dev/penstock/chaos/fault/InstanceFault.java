package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.process.GeneratorInstance;
import java.util.Set;

/// A fault of the process of one instance.
interface InstanceFault extends Fault {

  Site site();

  /// From 0.
  int index();

  default GeneratorInstance instance() {
    return site().instances().get(index());
  }

  @Override
  default String target() {
    return instance().name();
  }

  @Override
  default Set<String> claims() {
    return Set.of(Claims.instance(index()));
  }
}
