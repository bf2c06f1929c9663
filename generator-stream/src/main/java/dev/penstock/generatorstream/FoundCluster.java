package dev.penstock.generatorstream;

import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.kafka.RightsCheck;
import dev.penstock.runtime.kafka.StartFailures;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.rocksdb.RocksDB;

/// Broker and registry as a service finds them at its start: reachable, and with everything in place that it needs.
///
/// @param kafka clients that give up soon
record FoundCluster(TopicLayout layout, KafkaClients kafka, SchemaRegistry registry, RightsCheck rights) {

  /// Waits for broker and registry, and creates what is missing of the catalogue.
  ///
  /// @throws dev.penstock.runtime.UserError for what waiting cannot mend
  static FoundCluster await(GeneratorStreamConfig config, StartupWait wait) throws InterruptedException {
    KafkaClients kafka = new KafkaClients(config.kafka()).impatient();
    SchemaRegistry registry = new HttpSchemaRegistry(config.schemaRegistry());
    TopicLayout[] layout = new TopicLayout[1];
    Object servers = config.kafka().get("bootstrap.servers");
    RightsCheck rights = new RightsCheck(kafka, GeneratorStreamRights.of(config.pool(), config.applicationId()));
    wait.until(
        "Kafka at " + servers,
        StartFailures.explained(
            servers,
            () -> {
              Set<String> refused =
                  TopicLayout.create(kafka, config.pool(), config.topicPartitions(), config.topicReplication());
              if (kafka.isSecured()) rights.run();
              layout[0] = TopicLayout.find(kafka, config.pool(), refused);
            }));
    wait.until(
        "the schema registry at " + config.schemaRegistry(),
        StartFailures.explained(
            servers,
            () -> {
              for (Topic topic : Topic.values()) registry.register(topic.subject(), topic.valueSchema());
            }));
    return new FoundCluster(layout[0], kafka, registry, rights);
  }

  /// The same on a thread of its own, beside the models, which take as long. Joining the group has to wait for both: who
  /// has tasks and no models holds up their prompts.
  static FutureTask<FoundCluster> awaitBeside(GeneratorStreamConfig config, StartupWait wait) {
    FutureTask<FoundCluster> task =
        new FutureTask<>(
            () -> {
              FoundCluster found = await(config, wait);
              RocksDB.loadLibrary(); // Unpacks it from its jar; the first store would wait for that.
              return found;
            });
    Thread.ofPlatform().name("find-cluster").daemon().start(task);
    return task;
  }

  /// What came of [#awaitBeside].
  static FoundCluster of(FutureTask<FoundCluster> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case InterruptedException cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    }
  }
}
