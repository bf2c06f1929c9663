package dev.penstock.standalone.broker;

import dev.penstock.standalone.infrastructure.Port;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What an embedded cluster is to be.
///
/// @param folder where its data lies; kept when the cluster stops, read again when it starts
/// @param nodes 1 to 3; with 3, topics have 3 replicas of which 2 must be in sync
/// @param port of the first node; node n listens n-1 above it
/// @param broker broker settings that win over ours
public record EmbeddedKafkaSettings(Path folder, int nodes, Port port, Map<String, String> broker) {

  public EmbeddedKafkaSettings {
    if (nodes < 1 || nodes > 3) throw new IllegalArgumentException("nodes is " + nodes + ", allowed is 1 to 3");
    broker = Map.copyOf(broker);
  }

  /// One node on a free port.
  public static EmbeddedKafkaSettings in(Path folder) {
    return new EmbeddedKafkaSettings(folder, 1, Port.free(), Map.of());
  }

  public EmbeddedKafkaSettings withNodes(int count) {
    return new EmbeddedKafkaSettings(folder, count, port, broker);
  }

  public EmbeddedKafkaSettings withPort(Port first) {
    return new EmbeddedKafkaSettings(folder, nodes, first, broker);
  }

  public EmbeddedKafkaSettings with(String brokerKey, String value) {
    Map<String, String> more = new HashMap<>(broker);
    more.put(brokerKey, value);
    return new EmbeddedKafkaSettings(folder, nodes, port, more);
  }
}
