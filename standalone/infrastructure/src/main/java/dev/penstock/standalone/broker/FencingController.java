package dev.penstock.standalone.broker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;

/// The controller of a node without its broker, running only until the cluster's metadata says that every broker is
/// dead.
///
/// After a kill it still says that they are alive. A broker that starts like that first waits for the session of its
/// dead self, and leads its partitions, then none, then all again. Transactions that were open at the kill end
/// without their markers on the way (KAFKA-20734), and hide what follows them from read_committed readers for ever.
final class FencingController implements MetadataPublisher {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final CompletableFuture<Void> allAreFenced = new CompletableFuture<>();

  private FencingController() {}

  /// Returns when every broker is fenced and the controller has stopped.
  ///
  /// @param properties of a node that is a controller only, with a short session for brokers
  static void fenceBrokers(Map<String, String> properties) {
    KafkaConfig config = new KafkaConfig(properties, false);
    var folders =
        KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(FencingController.class), "");
    SharedServer shared =
        new SharedServer(
            config,
            folders._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.<InetSocketAddress>of(),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
    try {
      controller.startup();
      new FencingController().await(shared);
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private void await(SharedServer shared) {
    shared.loader().installPublishers(List.of(this));
    try {
      allAreFenced.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "Kafka's controller did not fence the dead brokers in %d s".formatted(LONGEST_WAIT.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka started", e);
    }
  }

  @Override
  public String name() {
    return "FencingController";
  }

  /// Called first with everything that was committed, then with each change.
  @Override
  public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
    if (image.cluster().brokers().values().stream().allMatch(BrokerRegistration::fenced)) allAreFenced.complete(null);
  }

  @Override
  public void close() {}
}
