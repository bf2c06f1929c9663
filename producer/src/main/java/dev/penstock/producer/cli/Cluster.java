package dev.penstock.producer.cli;

import ch.qos.logback.classic.Level;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.kafka.StartFailures;
import dev.penstock.runtime.store.ObjectSource;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.RegistryUnavailableException;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;

/// What the commands talk to: Kafka, the schema registry and the bodies of content.
public record Cluster(String servers, KafkaClients clients, SchemaRegistry registry, Settings settings) {

  public static final List<Key<?>> KEYS = SharedKeys.clients();

  private static final int CONNECT_MILLIS = 3000;

  /// @throws UserError if no server of the settings takes connections
  public static Cluster connect(Settings settings) {
    // The commands say in one sentence what Kafka's clients say in many lines.
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof ch.qos.logback.classic.Logger logger)
      logger.setLevel(Level.OFF);
    String servers = settings.get(SharedKeys.BOOTSTRAP_SERVERS);
    requireListener(servers);
    SchemaRegistry registry = new HttpSchemaRegistry(SharedKeys.registry(settings));
    return new Cluster(servers, new KafkaClients(SharedKeys.kafka(settings)), registry, settings);
  }

  private static void requireListener(String servers) {
    IOException last = null;
    for (InetSocketAddress address : addresses(servers)) {
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new UserError(
        "no Kafka answers at %s; start one with penstock demo, or name yours with --set %s=HOST:PORT"
            .formatted(servers, SharedKeys.BOOTSTRAP_SERVERS.name()),
        last);
  }

  private static List<InetSocketAddress> addresses(String servers) {
    try {
      return ClientUtils.parseAndValidateAddresses(List.of(servers.split("\\s*,\\s*")), "use_all_dns_ips");
    } catch (KafkaException e) {
      throw new UserError(
          "%s is '%s': %s".formatted(SharedKeys.BOOTSTRAP_SERVERS.name(), servers, e.getMessage()), e);
    }
  }

  /// Where bodies are read that were too large for a record: in the store of the settings, or where their records say if the
  /// settings name none, as a standalone chooses its own folder.
  public ObjectSource bodies() {
    return settings.isSet(SharedKeys.OBJECT_STORE)
        ? ObjectStore.open(settings.get(SharedKeys.OBJECT_STORE))
        : ObjectSource.onThisHost();
  }

  /// Runs what needs the cluster, and turns its failures into one sentence.
  public <T> T use(Callable<T> action) throws Exception {
    try {
      return action.call();
    } catch (RegistryUnavailableException e) {
      throw new UserError("%s; correct schema.registry.url if it is another's".formatted(e.getMessage()), e);
    } catch (KafkaException e) {
      throw StartFailures.explain(servers, e)
          .orElseGet(() -> new UserError("Kafka at %s: %s".formatted(servers, e.getMessage()), e));
    }
  }
}
