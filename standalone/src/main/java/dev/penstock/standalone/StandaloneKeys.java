package dev.penstock.standalone;

import dev.penstock.generatorstream.GeneratorStreamConfig;
import dev.penstock.producer.http.IntakeSettings;
import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.sink.SinkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What may be set for a standalone process: its own keys and those of the services in it.
public final class StandaloneKeys {

  public static final Key<Path> DATA =
      Key.path(
          "data",
          Path.of(System.getProperty("user.home"), ".local", "share", "penstock").toString(),
          "Where everything lies; one folder, one process.");
  public static final Key<Long> BROKER_PORT =
      Key.number("broker.port", 0, 65535, 9092L, "Kafka's port on loopback; 0 takes a free one.");
  public static final Key<Long> REGISTRY_PORT =
      Key.number("registry.port", 0, 65535, 8081L, "The schema registry's port on loopback; 0 takes a free one.");
  public static final Key<Long> DATABASE_PORT =
      Key.number("database.port", 0, 65535, 15432L, "PostgreSQL's port on loopback; 0 takes a free one.");

  private StandaloneKeys() {}

  /// Every port that something listens on.
  static List<Key<Long>> ports() {
    return List.of(BROKER_PORT, REGISTRY_PORT, DATABASE_PORT, SinkSettings.CONSOLE_PORT, IntakeSettings.PORT, SharedKeys.HEALTH_PORT);
  }

  public static List<Key<?>> all() {
    Set<Key<?>> keys = new LinkedHashSet<>(List.of(DATA, BROKER_PORT, REGISTRY_PORT, DATABASE_PORT));
    keys.addAll(SinkSettings.keys());
    keys.addAll(IntakeSettings.keys());
    keys.addAll(GeneratorStreamConfig.keys());
    return new ArrayList<>(keys);
  }
}
