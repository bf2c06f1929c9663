package dev.penstock.standalone.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What one node of a cluster is to be whose nodes are processes of their own.
///
/// @param folder of this node alone
/// @param clusterId the same for all, 22 characters of base64url
/// @param id from 1
/// @param ports of every node, in the order of their ids
/// @param listeners further listeners by name, beside the one that nodes and clients share
/// @param broker broker settings that win over ours
public record KafkaMemberSettings(
    Path folder, String clusterId, int id, List<Ports> ports, Map<String, Listener> listeners, Map<String, String> broker) {

  public KafkaMemberSettings {
    ports = List.copyOf(ports);
    listeners = Map.copyOf(listeners);
    broker = Map.copyOf(broker);
    if (ports.size() != 1 && ports.size() != 3)
      throw new IllegalArgumentException("the cluster has " + ports.size() + " nodes, allowed is 1 or 3");
    if (id < 1 || id > ports.size())
      throw new IllegalArgumentException("id is %d, allowed is 1 to %d".formatted(id, ports.size()));
  }

  /// Where a node listens on loopback.
  public record Ports(int broker, int controller) {}

  /// A listener on loopback whose clients are told another port, such as that of a proxy in front of it.
  public record Listener(int port, int advertisedPort) {}
}
