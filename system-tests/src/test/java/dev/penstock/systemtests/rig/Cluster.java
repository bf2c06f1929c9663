package dev.penstock.systemtests.rig;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A broker and a schema registry in the test's own process. Their addresses are known before they are started.
public final class Cluster implements AutoCloseable {

  /// The application id of the default pool.
  private static final String GROUP = "penstock-generator-stream";

  private final Path folder;
  private final Port kafkaPort;
  private final Port registryPort;
  private @Nullable EmbeddedKafka kafka;
  private @Nullable EmbeddedRegistry registry;
  private @Nullable Admin admin;

  Cluster(Path folder) {
    this.folder = folder;
    List<Integer> ports = Port.resolveAll(List.of(Port.free(), Port.free()));
    kafkaPort = new Port("the broker's port", ports.getFirst());
    registryPort = new Port("the registry's port", ports.getLast());
  }

  public Cluster startKafka() throws IOException {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder).withPort(kafkaPort));
    return this;
  }

  /// After the broker.
  public Cluster startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(clients(), registryPort);
    return this;
  }

  public String bootstrapServers() {
    return Port.HOST + ":" + kafkaPort.number();
  }

  public String registryUrl() {
    return "http://%s:%d".formatted(Port.HOST, registryPort.number());
  }

  public KafkaClients clients() {
    return new KafkaClients(Map.of("bootstrap.servers", bootstrapServers()));
  }

  public SchemaRegistry registry() {
    return new HttpSchemaRegistry(registryUrl());
  }

  /// The partitions of the prompts topic that an instance has now.
  public Set<Integer> partitionsOf(String instance) throws Exception {
    var group = admin().describeConsumerGroups(List.of(GROUP)).describedGroups().get(GROUP).get();
    return group.members().stream()
        .filter(member -> member.groupInstanceId().orElse("").startsWith(instance))
        .flatMap(member -> member.assignment().topicPartitions().stream())
        .map(TopicPartition::partition)
        .collect(Collectors.toSet());
  }

  /// How many prompt records are accepted: below the committed offsets of the prompts topic.
  public long accepted() throws Exception {
    var offsets = admin().listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
    return offsets.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(Topic.PROMPTS.topicName()))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  private Admin admin() {
    if (admin == null) admin = clients().admin();
    return admin;
  }

  @Override
  public void close() throws IOException {
    if (admin != null) admin.close();
    if (registry != null) registry.close();
    if (kafka != null) kafka.close();
  }
}
