package dev.penstock.generatorstream;

import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.config.Settings;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A broker, a registry and the service, for one pool; engines are the test's.
final class BrokerUnderTest implements AutoCloseable {

  /// Long enough for a machine that does ten other things.
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final String POOL = "t";
  private static final ServedModel ECHO =
      new ServedModel(ModelManifest.read(Path.of("src/test/resources/models/echo/model.yaml")), "d1", 4);

  private final Path folder;
  private final EmbeddedKafka broker;
  private final EmbeddedRegistry registry;
  private final SchemaRegistry schemas;
  private final KafkaProducer<byte[], byte[]> producer;

  BrokerUnderTest(Path folder) throws Exception {
    this.folder = folder;
    broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    registry = EmbeddedRegistry.start(broker.clients(), Port.free());
    schemas = new HttpSchemaRegistry(registry.url());
    producer = broker.clients().producer(Map.of());
  }

  /// @param more settings beside those of every test
  GeneratorStreamService start(Engine engine, Map<String, String> more) throws Exception {
    Map<String, String> values = new HashMap<>(more);
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("schema.registry.url", registry.url());
    values.put("object.store.uri", folder.resolve("objects").toUri().toString());
    values.put("state.dir", folder.resolve("state").toString());
    values.put("pool", POOL);
    values.put("instance.id", "one");
    return GeneratorStreamService.start(
        GeneratorStreamConfig.from(Settings.load(GeneratorStreamConfig.keys(), null, Map.of(), values)),
        engine,
        new ServedModels(List.of(ECHO)),
        new StartupWait(System.out));
  }

  static PromptRequested.Builder prompt(String id) {
    return PromptRequested.newBuilder().setPromptId(id).setText("text of " + id);
  }

  void send(PromptRequested.Builder builder) {
    PromptRequested prompt = builder.build();
    byte[] value = new AvroSerializer<PromptRequested>(schemas, Topic.PROMPTS).serialize(prompt);
    byte[] key = PromptKey.of(prompt.getPromptId(), prompt.getOrderKey());
    producer.send(new ProducerRecord<>(TopicLayout.promptsTopic(POOL), key, value));
  }

  void cancel(String promptId) {
    var cancellation = CancellationRequested.newBuilder().setPromptId(promptId).build();
    byte[] value = new AvroSerializer<CancellationRequested>(schemas, Topic.CANCELLATIONS).serialize(cancellation);
    producer.send(new ProducerRecord<>(Topic.CANCELLATIONS.topicName(), PromptKey.of(promptId, null), value));
    producer.flush();
  }

  List<PromptOutcome> outcomes() {
    return readAll(Topic.OUTCOMES);
  }

  List<ContentGenerated> contents() {
    return readAll(Topic.CONTENT);
  }

  private <T extends SpecificRecordBase> List<T> readAll(Topic topic) {
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(schemas, topic);
    List<T> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = broker.clients().consumer(Map.of())) {
      var partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p)))
        for (var record : consumer.poll(Duration.ofMillis(100))) all.add(deserializer.deserialize(record.value()));
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    producer.close();
    registry.close();
    broker.close();
  }
}
