package dev.penstock.standalone.registry;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/// A schema registry in this process, on loopback, for one Kafka cluster. Ids survive restarts and a move of the
/// cluster to Confluent's registry, because they lie in the `_schemas` topic in its layout. Nothing else may write
/// that topic meanwhile. Avro only; schemas are not deleted.
///
/// Any thread may call any method.
public final class EmbeddedRegistry implements AutoCloseable {

  private final SchemaTopic topic;
  private final SchemaStore store;
  private final RegistryServer server;

  private EmbeddedRegistry(SchemaTopic topic, SchemaStore store, RegistryServer server) {
    this.topic = topic;
    this.store = store;
    this.server = server;
  }

  /// Reads what is stored, then takes requests. The caller closes the result before the cluster.
  ///
  /// @throws dev.penstock.runtime.UserError if the port is in use
  /// @throws IOException if the topic cannot be used
  public static EmbeddedRegistry start(KafkaClients clients, Port port) throws IOException {
    SchemaTopic topic = new SchemaTopic(clients);
    try {
      SchemaStore store = new SchemaStore(topic);
      return new EmbeddedRegistry(topic, store, new RegistryServer(port, new Routes(store).table()));
    } catch (IOException | RuntimeException e) {
      topic.close();
      throw e;
    }
  }

  public String url() {
    return "http://%s:%d".formatted(Port.HOST, server.port());
  }

  /// Registers a schema under a level: what a contract's owner does at start.
  ///
  /// @throws IllegalStateException if the subject's earlier schemas forbid this one, or the topic cannot be written
  public void register(String subject, Schema schema, CompatibilityLevel level) {
    try {
      if (!store.ownLevel(subject).equals(Optional.of(level))) store.setLevel(subject, level);
      store.register(subject, schema);
    } catch (RegistryException e) {
      throw new IllegalStateException("subject %s: %s".formatted(subject, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    server.close();
    topic.close();
  }
}
