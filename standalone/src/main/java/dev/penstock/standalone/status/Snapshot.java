package dev.penstock.standalone.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A cluster as it was at one moment; the parts are looked at one after another.
///
/// @param instances those of this machine; others are known by their partitions only
/// @param partitions of all prompts topics
/// @param perSecond outcomes a second, by kind, over the last seconds
record Snapshot(
    Instant at, String servers, List<Instance> instances, List<Partition> partitions, Map<String, Double> perSecond) {

  Snapshot {
    instances = List.copyOf(instances);
    partitions = List.copyOf(partitions);
  }

  /// @param lag records that are not accepted yet
  /// @param owner the instance that reads it; empty if none does
  record Partition(String topic, int partition, long lag, String owner) {}
}
