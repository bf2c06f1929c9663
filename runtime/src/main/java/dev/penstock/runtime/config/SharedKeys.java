package dev.penstock.runtime.config;

import dev.penstock.schemas.framing.RegistryAccess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The keys that more than one service has, spelled once.
public final class SharedKeys {

  public static final Key<String> BOOTSTRAP_SERVERS =
      Key.text("kafka.bootstrap.servers", "127.0.0.1:9092", "The Kafka cluster, as host:port,host:port.");
  public static final Key<URI> SCHEMA_REGISTRY =
      Key.uri("schema.registry.url", "http://127.0.0.1:8081", "A registry that speaks Confluent's REST API.");
  public static final Key<String> SCHEMA_REGISTRY_USER =
      Key.text("schema.registry.user", "", "Who logs in at the registry (basic authentication); empty logs in nobody.");
  public static final Key<String> SCHEMA_REGISTRY_PASSWORD = Key.secret("schema.registry.password", "That user's password.");
  public static final Key<String> SCHEMA_REGISTRY_CA =
      Key.text(
          "schema.registry.ca",
          "",
          "A PEM file of the authorities that vouch for an https registry; empty trusts those that Java trusts.");
  public static final Key<URI> OBJECT_STORE =
      Key.uri("object.store.uri", "file:data/objects", "Where bodies lie that are too large for a record.");
  public static final Key<Long> HEALTH_PORT =
      Key.number("health.port", 0, 65535, 0L, "Port of the health endpoint on loopback; 0 takes a free one.");
  public static final Key<Duration> START_PATIENCE =
      Key.millis(
          "start.patience.ms",
          0,
          86_400_000,
          120_000,
          "How long a service waits at its start for Kafka, registry or database before it gives up.");

  private SharedKeys() {}

  /// How the registry of the settings is reached.
  public static RegistryAccess registry(Settings settings) {
    return new RegistryAccess(
        settings.get(SCHEMA_REGISTRY),
        settings.get(SCHEMA_REGISTRY_USER),
        settings.get(SCHEMA_REGISTRY_PASSWORD),
        settings.get(SCHEMA_REGISTRY_CA));
  }

  /// Client settings of the cluster: everything under `kafka.`.
  public static Map<String, Object> kafka(Settings settings) {
    Map<String, Object> kafka = settings.kafka();
    kafka.put("bootstrap.servers", settings.get(BOOTSTRAP_SERVERS));
    return kafka;
  }

  /// Of everything that talks to Kafka.
  public static List<Key<?>> clients() {
    return List.of(
        BOOTSTRAP_SERVERS,
        SCHEMA_REGISTRY,
        SCHEMA_REGISTRY_USER,
        SCHEMA_REGISTRY_PASSWORD,
        SCHEMA_REGISTRY_CA,
        OBJECT_STORE);
  }

  /// Of every service that talks to Kafka.
  public static List<Key<?>> all() {
    return List.of(
        BOOTSTRAP_SERVERS,
        SCHEMA_REGISTRY,
        SCHEMA_REGISTRY_USER,
        SCHEMA_REGISTRY_PASSWORD,
        SCHEMA_REGISTRY_CA,
        OBJECT_STORE,
        HEALTH_PORT,
        START_PATIENCE);
  }
}
