package dev.penstock.standalone.broker;

import dev.penstock.standalone.broker.KafkaMemberSettings.Listener;
import dev.penstock.standalone.broker.NodeProperties.NodeAddress;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One combined KRaft node of a cluster whose nodes are processes of their own, on loopback. One thread at a time.
public final class KafkaMember implements AutoCloseable {

  private final KafkaNode node;

  private KafkaMember(KafkaNode node) {
    this.node = node;
  }

  /// Returns when it takes requests, for which most of the nodes must be there. The caller closes the result.
  ///
  /// @param cameBackTogether whether every node was killed before; see [FencingController]
  /// @throws IOException if the folder cannot be written
  public static KafkaMember start(KafkaMemberSettings settings, boolean cameBackTogether) throws IOException {
    KafkaNode node = new KafkaNode(settings.id(), settings.folder());
    List<NodeAddress> addresses =
        settings.ports().stream().map(ports -> new NodeAddress(ports.broker(), ports.controller())).toList();
    node.formatIfNew(settings.clusterId());
    if (cameBackTogether)
      FencingController.fenceBrokers(NodeProperties.ofFencingController(settings.id(), settings.folder(), addresses));
    Map<String, String> wishes = listeners(settings, addresses.get(settings.id() - 1));
    wishes.putAll(settings.broker());
    node.start(NodeProperties.of(settings.id(), settings.folder(), addresses, wishes));
    return new KafkaMember(node);
  }

  private static Map<String, String> listeners(KafkaMemberSettings settings, NodeAddress own) {
    String controller = NodeProperties.CONTROLLER;
    Map<String, Listener> more = new TreeMap<>(settings.listeners());
    String names = more.keySet().stream().map(name -> ",%s:PLAINTEXT".formatted(name)).collect(Collectors.joining());
    Map<String, String> wishes = new HashMap<>();
    wishes.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT%s".formatted(controller, names));
    wishes.put(
        "listeners",
        "PLAINTEXT://%s,%s://%s".formatted(own.broker(), controller, own.controller())
            + more.entrySet().stream().map(e -> address(e.getKey(), e.getValue().port())).collect(Collectors.joining()));
    wishes.put(
        "advertised.listeners",
        "PLAINTEXT://" + own.broker()
            + more.entrySet().stream()
                .map(e -> address(e.getKey(), e.getValue().advertisedPort()))
                .collect(Collectors.joining()));
    return wishes;
  }

  private static String address(String listener, int port) {
    return ",%s://%s:%d".formatted(listener, Port.HOST, port);
  }

  /// Returns when everything is written and closed.
  @Override
  public void close() {
    node.stop();
  }
}
