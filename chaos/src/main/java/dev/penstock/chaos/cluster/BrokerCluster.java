package dev.penstock.chaos.cluster;

import dev.penstock.chaos.process.Patience;
import dev.penstock.chaos.process.ProgramProcess;
import dev.penstock.chaos.process.Wait;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.standalone.infrastructure.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Three brokers, each a process of its own, and a proxy for each pair of a broker and a client that is to feel faults
/// of the network. Others go to the brokers directly. Faults of one broker come one at a time.
public final class BrokerCluster implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerCluster.class);
  private static final int NODES = 3;

  private final List<Integer> brokerPorts;
  private final List<BrokerProcess> brokers = new ArrayList<>();
  private final Map<String, List<TcpProxy>> proxies = new HashMap<>();

  private BrokerCluster(List<Integer> brokerPorts) {
    this.brokerPorts = brokerPorts;
  }

  /// Returns when all take requests. Another program may take one of the ports before a broker does, so there is a
  /// second try with others.
  ///
  /// @param clients names of clients that reach the brokers through proxies: upper-case letters
  /// @param settings of brokers, that win over ours
  public static BrokerCluster start(Path folder, List<String> clients, Map<String, String> settings) {
    try {
      return startOnce(folder, clients, settings);
    } catch (IllegalStateException e) {
      LOG.atWarn().setCause(e).log("the cluster did not start and is tried once more with other ports");
      return startOnce(folder.resolve("second-try"), clients, settings);
    }
  }

  private static BrokerCluster startOnce(Path folder, List<String> clients, Map<String, String> settings) {
    List<Port> wishes = IntStream.range(0, NODES * (2 + 2 * clients.size())).mapToObj(i -> Port.free()).toList();
    List<Integer> ports = Port.resolveAll(wishes);
    BrokerCluster cluster = new BrokerCluster(ports.subList(0, NODES));
    try {
      cluster.prepare(folder, clients, ports, settings);
      cluster.startAll(false);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void prepare(Path folder, List<String> clients, List<Integer> ports, Map<String, String> settings) {
    String clusterId = Uuid.randomUuid().toString();
    String addresses =
        IntStream.range(0, NODES).mapToObj(i -> ports.get(i) + ":" + ports.get(NODES + i)).collect(Collectors.joining(","));
    for (int node = 0; node < NODES; node++) {
      Properties properties = new Properties();
      Path own = folder.resolve("broker-" + (node + 1));
      properties.setProperty("folder", own.resolve("data").toString());
      properties.setProperty("cluster", clusterId);
      properties.setProperty("id", Integer.toString(node + 1));
      properties.setProperty("ports", addresses);
      settings.forEach((key, value) -> properties.setProperty("broker." + key, value));
      for (int client = 0; client < clients.size(); client++) {
        int port = ports.get(NODES * (2 + 2 * client) + node);
        TcpProxy proxy = TcpProxy.start(port, ports.get(NODES * (3 + 2 * client) + node));
        proxies.computeIfAbsent(clients.get(client), name -> new ArrayList<>()).add(proxy);
        properties.setProperty("listener." + clients.get(client), port + ":" + proxy.port());
      }
      brokers.add(new BrokerProcess(node + 1, own, properties));
    }
  }

  /// Starts those that do not run and returns when they take requests.
  public void startAll(boolean wereAllKilled) {
    start(brokers.stream().filter(broker -> !broker.isRunning()).toList(), wereAllKilled);
  }

  /// Starts one that does not run and returns when it takes requests.
  public void start(BrokerProcess broker) {
    start(List.of(broker), false);
  }

  private static void start(List<BrokerProcess> down, boolean together) {
    down.forEach(broker -> broker.start(together));
    try {
      Wait.until("brokers have started", Patience.FOR_A_PROCESS, () -> down.stream().filter(BrokerProcess::hasStarted).count() == down.size());
    } catch (IllegalStateException e) {
      String words = down.stream().map(BrokerProcess::lastWords).collect(Collectors.joining("\n"));
      throw new IllegalStateException(e.getMessage() + "\n" + words, e);
    }
  }

  /// Ends all of them at once, without a word.
  public void killAll() {
    brokers.stream().filter(BrokerProcess::isRunning).map(BrokerProcess::process).parallel().forEach(ProgramProcess::kill);
  }

  /// Until every partition has all its replicas in sync again, so that the next broker may go.
  public void awaitReplicated() {
    try (Admin admin = clients().impatient().admin()) {
      Wait.until("all replicas are in sync", Patience.FOR_A_PROCESS, () -> isReplicated(admin));
    }
  }

  private static boolean isReplicated(Admin admin) {
    try {
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      return admin.describeTopics(names).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size() && partition.leader() != null);
    } catch (ExecutionException e) {
      return false; // The cluster does not answer yet.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replicas were waited for", e);
    }
  }

  public List<BrokerProcess> brokers() {
    return List.copyOf(brokers);
  }

  /// Those before the brokers, for one client.
  public List<TcpProxy> proxies(String client) {
    return List.copyOf(proxies.getOrDefault(client, List.of()));
  }

  /// Where to reach the brokers directly.
  public String bootstrapServers() {
    return brokerPorts.stream().map(port -> Port.HOST + ":" + port).collect(Collectors.joining(","));
  }

  /// Where a client that is to feel faults reaches them.
  public String bootstrapServers(String client) {
    return proxies(client).stream().map(proxy -> Port.HOST + ":" + proxy.port()).collect(Collectors.joining(","));
  }

  public KafkaClients clients() {
    return new KafkaClients(Map.of("bootstrap.servers", bootstrapServers()));
  }

  @Override
  public void close() {
    brokers.forEach(BrokerProcess::close);
    proxies.values().forEach(all -> all.forEach(TcpProxy::close));
  }
}
