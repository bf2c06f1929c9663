package dev.penstock.sink;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.framing.RegistryAccess;
import dev.penstock.sink.console.ConsoleSettings;
import dev.penstock.sink.database.DatabaseSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the sink is set to.
///
/// @param kafka clients of the cluster
/// @param group the consumer group; sinks that fill one database share it, another database needs another
/// @param instanceId what this instance is called over restarts; empty for nothing
/// @param schemaRegistry how it is reached
/// @param objectStore where pictures and other bodies go
/// @param exportFolder where people find them as files; `off` exports nothing
/// @param console null where another process shows it
/// @param startPatience how long database and Kafka are waited for at the start
public record SinkSettings(
    KafkaClients kafka,
    String group,
    String instanceId,
    RegistryAccess schemaRegistry,
    URI objectStore,
    String exportFolder,
    DatabaseSettings database,
    @Nullable ConsoleSettings console,
    Duration startPatience) {

  public static final Key<String> DATABASE_URL =
      Key.text("database.url", "jdbc:postgresql://127.0.0.1:5432/penstock", "The PostgreSQL database, as JDBC URL.");
  public static final Key<String> DATABASE_USER = Key.text("database.user", "penstock", "Who logs in there.");
  public static final Key<String> DATABASE_PASSWORD =
      Key.secret("database.password", "The password; best as ${file:...}, see configuration.md.");
  public static final Key<String> GROUP =
      Key.text("sink.group", "penstock-sink", "The consumer group: one for each database that is filled.");
  public static final Key<String> INSTANCE_ID =
      Key.text(
          "sink.instance.id",
          "",
          "A name this instance keeps over restarts, so that it goes on at once after a crash; one for each instance.");
  public static final Key<String> EXPORT_FOLDER =
      Key.text("export.folder", "data/exports", "Where pictures, sound and video appear as files; off for nowhere.");
  public static final Key<String> CONSOLE_HOST =
      Key.text("console.host", "127.0.0.1", "The address the console listens at; others than loopback need console.token.");
  public static final Key<Long> CONSOLE_PORT =
      Key.number("console.port", 0, 65535, 8090L, "The console's port; 0 takes a free one.");
  public static final Key<String> CONSOLE_TOKEN =
      Key.secret("console.token", "What a visitor has to show; empty asks nothing.");
  public static final Key<Boolean> CONSOLE_ENABLED =
      Key.flag("console.enabled", true, "Whether the sink shows the console itself; false where penstock console does.");

  /// Every key the sink knows.
  public static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(SharedKeys.all());
    keys.addAll(
        List.of(
            GROUP,
            INSTANCE_ID,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            EXPORT_FOLDER,
            CONSOLE_HOST,
            CONSOLE_PORT,
            CONSOLE_TOKEN,
            CONSOLE_ENABLED));
    return keys;
  }

  /// @throws dev.penstock.runtime.UserError naming the key and what is allowed
  public static SinkSettings from(Settings settings) {
    return new SinkSettings(
        new KafkaClients(SharedKeys.kafka(settings)),
        settings.get(GROUP),
        settings.get(INSTANCE_ID),
        SharedKeys.registry(settings),
        settings.get(SharedKeys.OBJECT_STORE),
        settings.get(EXPORT_FOLDER),
        database(settings),
        settings.get(CONSOLE_ENABLED) ? console(settings) : null,
        settings.get(SharedKeys.START_PATIENCE));
  }

  static DatabaseSettings database(Settings settings) {
    return new DatabaseSettings(
        settings.get(DATABASE_URL), settings.get(DATABASE_USER), settings.get(DATABASE_PASSWORD));
  }

  static ConsoleSettings console(Settings settings) {
    return new ConsoleSettings(
        settings.get(CONSOLE_HOST), settings.get(CONSOLE_PORT).intValue(), settings.get(CONSOLE_TOKEN));
  }
}
