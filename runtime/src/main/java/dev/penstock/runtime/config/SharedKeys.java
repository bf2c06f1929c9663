package dev.penstock.runtime.config;

import java.net.URI;
import java.util.List;

/// The keys that more than one service has, spelled once.
public final class SharedKeys {

  public static final Key<String> BOOTSTRAP_SERVERS =
      Key.text("kafka.bootstrap.servers", "127.0.0.1:9092", "The Kafka cluster, as host:port,host:port.");
  public static final Key<URI> SCHEMA_REGISTRY =
      Key.uri("schema.registry.url", "http://127.0.0.1:8081", "A registry that speaks Confluent's REST API.");
  public static final Key<URI> OBJECT_STORE =
      Key.uri("object.store.uri", "file:data/objects", "Where bodies lie that are too large for a record.");
  public static final Key<Long> HEALTH_PORT =
      Key.number("health.port", 0, 65535, 0L, "Port of the health endpoint on loopback; 0 takes a free one.");

  private SharedKeys() {}

  public static List<Key<?>> all() {
    return List.of(BOOTSTRAP_SERVERS, SCHEMA_REGISTRY, OBJECT_STORE, HEALTH_PORT);
  }
}
