package dev.penstock.standalone.broker;

import dev.penstock.standalone.infrastructure.Port;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The settings of each node: small, on loopback, and as strict as a production broker about topics and
/// transactions.
final class NodeProperties {

  static final String CONTROLLER = "CONTROLLER";

  private NodeProperties() {}

  /// @param id from 1
  /// @param addresses of all nodes, in the order of their ids
  static Map<String, String> of(int id, Path logFolder, List<NodeAddress> addresses, Map<String, String> wishes) {
    NodeAddress own = addresses.get(id - 1);
    Map<String, String> properties = controller(id, logFolder, addresses);
    properties.put("process.roles", "broker,controller");
    properties.put("listeners", "PLAINTEXT://%s,%s://%s".formatted(own.broker(), CONTROLLER, own.controller()));
    properties.put("advertised.listeners", "PLAINTEXT://" + own.broker());
    replication(properties, addresses.size());
    // A process that was frozen for an hour has nobody to hand its partitions to.
    if (addresses.size() == 1) properties.put("broker.session.timeout.ms", "86400000");
    else liveness(properties);
    behaviour(properties);
    size(properties);
    properties.putAll(wishes);
    return properties;
  }

  /// A controller that declares every broker dead at once.
  static Map<String, String> ofFencingController(int id, Path logFolder, List<NodeAddress> addresses) {
    Map<String, String> properties = controller(id, logFolder, addresses);
    properties.put("process.roles", "controller");
    properties.put("listeners", CONTROLLER + "://" + addresses.get(id - 1).controller());
    properties.put("broker.heartbeat.interval.ms", "100");
    properties.put("broker.session.timeout.ms", "300");
    return properties;
  }

  private static Map<String, String> controller(int id, Path logFolder, List<NodeAddress> addresses) {
    Map<String, String> properties = new HashMap<>();
    properties.put("node.id", Integer.toString(id));
    properties.put("controller.quorum.voters", voters(addresses));
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("log.dirs", logFolder.toString());
    // A start that cannot succeed ends instead of waiting for ever.
    properties.put("server.max.startup.time.ms", "60000");
    // Nobody else can be elected; the default lets every restart wait a second or two.
    if (addresses.size() == 1) properties.put("controller.quorum.election.timeout.ms", "100");
    return properties;
  }

  private static String voters(List<NodeAddress> addresses) {
    return IntStream.range(0, addresses.size())
        .mapToObj(index -> "%d@%s".formatted(index + 1, addresses.get(index).controller()))
        .collect(Collectors.joining(","));
  }

  /// A dead broker's partitions get other leaders after its session, 9 s by default, and nobody can write to them
  /// until then. A broker that was only slow comes back as a follower.
  private static void liveness(Map<String, String> properties) {
    properties.put("broker.heartbeat.interval.ms", "500");
    properties.put("broker.session.timeout.ms", "3000");
  }

  private static void replication(Map<String, String> properties, int count) {
    String nodes = Integer.toString(count);
    String inSync = count == 3 ? "2" : "1";
    properties.put("default.replication.factor", nodes);
    properties.put("min.insync.replicas", inSync);
    properties.put("offsets.topic.replication.factor", nodes);
    properties.put("transaction.state.log.replication.factor", nodes);
    properties.put("transaction.state.log.min.isr", inSync);
    properties.put("share.coordinator.state.topic.replication.factor", nodes);
    properties.put("share.coordinator.state.topic.min.isr", inSync);
  }

  private static void behaviour(Map<String, String> properties) {
    properties.put("auto.create.topics.enable", "false");
    // A dead instance's open transaction hides what follows from read_committed readers until it is aborted.
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    // A transaction that begins while the markers of the one before are being written waits here, instead of being
    // sent back to its client, which warns and sleeps.
    properties.put("add.partitions.to.txn.retry.backoff.ms", "5");
    properties.put("add.partitions.to.txn.retry.backoff.max.ms", "2000");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.streams.initial.rebalance.delay.ms", "0");
    // Under the streams protocol the session is the broker's to set. As generator-stream sets its own elsewhere.
    properties.put("group.streams.session.timeout.ms", "6000");
    properties.put("group.streams.min.session.timeout.ms", "6000");
    properties.put("group.streams.heartbeat.interval.ms", "500");
    properties.put("group.streams.min.heartbeat.interval.ms", "500");
    // A year: a machine that was off for a month must find its offsets. Without them every prompt is read again.
    properties.put("offsets.retention.minutes", "527040");
  }

  private static void size(Map<String, String> properties) {
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.num.partitions", "4");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    properties.put("metadata.log.segment.bytes", "16777216");
  }

  /// Where a node listens.
  record NodeAddress(int brokerPort, int controllerPort) {

    String broker() {
      return Port.HOST + ":" + brokerPort;
    }

    String controller() {
      return Port.HOST + ":" + controllerPort;
    }
  }
}
