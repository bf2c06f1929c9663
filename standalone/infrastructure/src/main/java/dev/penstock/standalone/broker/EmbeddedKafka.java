package dev.penstock.standalone.broker;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.standalone.broker.NodeProperties.NodeAddress;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A Kafka cluster of one to three combined KRaft nodes in this process, on loopback, its data kept in a folder
/// across restarts and kills. Topics are not created by themselves.
///
/// Any thread may call any method; starts and stops wait for each other.
public final class EmbeddedKafka implements AutoCloseable {

  /// How often a start is tried again because somebody else took a port that was free a moment before.
  private static final int PORT_TRIES = 3;

  private final EmbeddedKafkaSettings settings;
  private final ClusterFolder folder;
  private final List<KafkaNode> nodes;
  private List<NodeAddress> addresses = List.of();

  private EmbeddedKafka(EmbeddedKafkaSettings settings, ClusterFolder folder) {
    this.settings = settings;
    this.folder = folder;
    this.nodes =
        IntStream.rangeClosed(1, settings.nodes()).mapToObj(id -> new KafkaNode(id, folder.logFolder(id))).toList();
  }

  /// Returns when every node takes requests. The caller closes the result.
  ///
  /// @throws UserError if a port or the folder is in use, or the folder belongs to a cluster of another size
  /// @throws IOException if the folder cannot be read or written
  public static EmbeddedKafka start(EmbeddedKafkaSettings settings) throws IOException {
    EmbeddedKafka kafka =
        new EmbeddedKafka(settings, ClusterFolder.open(settings.folder(), settings.nodes()));
    try {
      boolean wasKilled = kafka.nodes.stream().anyMatch(KafkaNode::wasKilled);
      for (KafkaNode node : kafka.nodes) node.formatIfNew(kafka.folder.clusterId());
      kafka.startNodes(wasKilled);
      return kafka;
    } catch (IOException | RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  private synchronized void startNodes(boolean wereKilled) {
    for (int attempt = 1; ; attempt++) {
      addresses = chooseAddresses();
      try {
        if (wereKilled) inParallel(this::fenceBrokers);
        inParallel(this::startNode);
        return;
      } catch (PortTakenException e) {
        inParallel(KafkaNode::stop);
        if (attempt == PORT_TRIES) throw e;
      }
    }
  }

  private List<NodeAddress> chooseAddresses() {
    int count = nodes.size();
    List<Port> wishes = new ArrayList<>();
    for (int index = 0; index < count; index++) wishes.add(settings.port().plus(index));
    for (int index = 0; index < count; index++) wishes.add(Port.free());
    List<Integer> ports = Port.resolveAll(wishes);
    return IntStream.range(0, count)
        .mapToObj(index -> new NodeAddress(ports.get(index), ports.get(index + count)))
        .toList();
  }

  private void fenceBrokers(KafkaNode node) {
    attempt(
        () ->
            FencingController.fenceBrokers(
                NodeProperties.ofFencingController(node.id(), node.logFolder(), addresses)));
  }

  private void startNode(KafkaNode node) {
    attempt(() -> node.start(NodeProperties.of(node.id(), node.logFolder(), addresses, settings.broker())));
  }

  /// @throws PortTakenException if it needs a port that somebody else listens on
  private static void attempt(Runnable start) {
    try {
      start.run();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause())
        if (cause instanceof BindException) throw new PortTakenException(e);
      throw e;
    }
  }

  /// `host:port` of every node, also of those that are stopped.
  public synchronized String bootstrapServers() {
    return addresses.stream().map(NodeAddress::broker).collect(Collectors.joining(","));
  }

  /// Clients of this cluster.
  public KafkaClients clients() {
    return new KafkaClients(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /// Stops one node in order; the others go on.
  ///
  /// @param id from 1
  public synchronized void stopNode(int id) {
    nodes.get(id - 1).stop();
  }

  /// Starts a stopped node on the ports it had.
  ///
  /// @param id from 1
  public synchronized void startNode(int id) {
    KafkaNode node = nodes.get(id - 1);
    if (node.isRunning()) throw new IllegalStateException("node " + id + " is running");
    startNode(node);
  }

  /// Stops all nodes side by side: one by one, the last would wait minutes for a quorum that is gone.
  @Override
  public synchronized void close() throws IOException {
    try {
      inParallel(KafkaNode::stop);
    } finally {
      folder.close();
    }
  }

  private void inParallel(Consumer<KafkaNode> action) {
    CompletableFuture<?>[] actions =
        nodes.stream()
            .map(node -> CompletableFuture.runAsync(() -> action.accept(node), work -> thread(node, work)))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(actions).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void thread(KafkaNode node, Runnable work) {
    Thread.ofPlatform().name("kafka-node-" + node.id()).start(work);
  }

  /// Somebody else listens on a port that was free when it was chosen.
  private static final class PortTakenException extends RuntimeException {
    PortTakenException(Exception cause) {
      super("another program took a port while Kafka started", cause);
    }
  }
}
