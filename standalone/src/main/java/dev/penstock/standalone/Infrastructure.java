package dev.penstock.standalone;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Topic;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.database.EmbeddedDatabase;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.CompatibilityLevel;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What the services lean on, running: Kafka with the catalogue's topics, the registry with its schemas, PostgreSQL.
record Infrastructure(EmbeddedKafka kafka, EmbeddedRegistry registry, EmbeddedDatabase database) {

  private static final short BROKER_DEFAULT = -1;

  /// PostgreSQL starts beside Kafka, since neither knows the other.
  static Infrastructure start(Settings settings, DataFolder data, Path cache, Parts parts) throws Exception {
    FutureTask<EmbeddedDatabase> database = beside(() -> startDatabase(settings, data, cache, parts));
    try {
      EmbeddedKafka kafka = startKafka(settings, data, parts);
      kafka.clients().createTopics(Topic.DEFAULT_PARTITIONS, BROKER_DEFAULT);
      EmbeddedRegistry registry = startRegistry(settings, kafka.clients(), parts);
      return new Infrastructure(kafka, registry, result(database));
    } catch (Exception e) {
      awaitEnd(database);
      throw e;
    }
  }

  private static <T> FutureTask<T> beside(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofPlatform().name("start-database").start(task);
    return task;
  }

  private static <T> T result(FutureTask<T> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /// What is starting must have started before it can be stopped.
  private static void awaitEnd(FutureTask<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      // The first failure is the one that is told.
      return;
    }
  }

  private static EmbeddedKafka startKafka(Settings settings, DataFolder data, Parts parts) throws Exception {
    EmbeddedKafkaSettings wanted =
        EmbeddedKafkaSettings.in(data.kafka()).withPort(port(settings, StandaloneKeys.BROKER_PORT));
    return parts.start("kafka", () -> EmbeddedKafka.start(wanted), kafka -> "kafka " + kafka.bootstrapServers());
  }

  private static EmbeddedRegistry startRegistry(Settings settings, KafkaClients clients, Parts parts)
      throws Exception {
    Port port = port(settings, StandaloneKeys.REGISTRY_PORT);
    return parts.start(
        "schema registry",
        () -> {
          EmbeddedRegistry registry = EmbeddedRegistry.start(clients, port);
          for (Topic topic : Topic.values())
            registry.register(topic.subject(), topic.valueSchema(), CompatibilityLevel.FULL_TRANSITIVE);
          return registry;
        },
        registry -> "schema registry " + registry.url());
  }

  private static EmbeddedDatabase startDatabase(Settings settings, DataFolder data, Path cache, Parts parts)
      throws Exception {
    Port port = port(settings, StandaloneKeys.DATABASE_PORT);
    return parts.start(
        "postgresql",
        () -> EmbeddedDatabase.start(data.database(), cache.resolve("programs"), port),
        database -> "postgresql %s:%d".formatted(Port.HOST, database.port()));
  }

  private static Port port(Settings settings, Key<Long> key) {
    return new Port(key.name(), settings.get(key).intValue());
  }

  /// The settings by which services reach it.
  Map<String, String> asSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("database.url", database.jdbcUrl());
    settings.put("database.user", database.user());
    settings.put("database.password", database.password());
    return settings;
  }
}
