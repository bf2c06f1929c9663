package dev.penstock.bench.pipeline;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A broker and a registry for one benchmark, in a folder of its own.
final class Cluster implements AutoCloseable {

  static final int PARTITIONS = Topic.DEFAULT_PARTITIONS;

  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final SchemaRegistry schemas;

  Cluster(Path folder) throws IOException {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
    schemas = new HttpSchemaRegistry(registry.url());
  }

  KafkaClients clients() {
    return kafka.clients();
  }

  SchemaRegistry schemas() {
    return schemas;
  }

  String registryUrl() {
    return registry.url();
  }

  /// Creates these topics and those of the catalogue. Their records, and those of [Topic#CONTENT], carry the time at
  /// which the broker took them.
  void createTopics(String... names) throws Exception {
    Map<String, String> brokersTime = Map.of("message.timestamp.type", "LogAppendTime");
    clients()
        .createMissing(
            Stream.concat(Stream.of(names), Stream.of(Topic.CONTENT.topicName()))
                .map(name -> new NewTopic(name, PARTITIONS, (short) 1).configs(brokersTime))
                .toList());
    clients().createTopics(PARTITIONS, (short) 1);
  }

  KafkaProducer<byte[], byte[]> producer() {
    return clients().producer(Map.of("linger.ms", 1));
  }

  /// A prompt of about 200 bytes.
  ProducerRecord<byte[], byte[]> prompt(AvroSerializer<PromptRequested> serializer, String topic, String id) {
    var prompt =
        PromptRequested.newBuilder()
            .setPromptId(id)
            .setCampaign("bench")
            .setText("Write one short advertising slogan for a waterproof hiking boot. The audience is students.")
            .build();
    return new ProducerRecord<>(topic, PromptKey.of(id, null), serializer.serialize(prompt));
  }

  AvroSerializer<PromptRequested> prompts() {
    return new AvroSerializer<>(schemas, Topic.PROMPTS);
  }

  /// A reader of committed records that begins at the topic's end.
  KafkaConsumer<byte[], byte[]> readerAtEnd(String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        clients().consumer(Map.of("fetch.max.wait.ms", "50", "auto.offset.reset", "earliest"));
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  @Override
  public void close() throws IOException {
    registry.close();
    kafka.close();
  }
}
