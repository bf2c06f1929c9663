package dev.penstock.generatorstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Outcome;
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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against a real broker and registry: every prompt record ends in exactly one outcome, in its own partition, also
/// when the service stops half-way; and the stream goes on after bytes that nobody can read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServiceOnABrokerTest {

  /// Long enough for a machine that does ten other things.
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final ServedModel ECHO =
      new ServedModel(
          ModelManifest.read(Path.of("src/test/resources/models/echo/model.yaml")), "d1", 4);

  @TempDir static Path folder;

  private EmbeddedKafka broker;
  private EmbeddedRegistry registry;
  private SchemaRegistry schemas;
  private int pool;

  @BeforeAll
  void startBroker() throws Exception {
    broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    registry = EmbeddedRegistry.start(broker.clients(), Port.free());
    schemas = new HttpSchemaRegistry(registry.url());
  }

  @AfterAll
  void stopBroker() throws Exception {
    registry.close();
    broker.close();
  }

  private GeneratorStreamConfig config(String pool) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("schema.registry.url", registry.url());
    values.put("object.store.uri", folder.resolve("objects").toUri().toString());
    values.put("state.dir", folder.resolve("state-" + pool).toString());
    values.put("pool", pool);
    values.put("instance.id", "one");
    return GeneratorStreamConfig.from(Settings.load(GeneratorStreamConfig.keys(), null, Map.of(), values));
  }

  private static GeneratorStreamService start(GeneratorStreamConfig config, EchoEngine engine) throws Exception {
    return start(config, engine, ECHO);
  }

  private static GeneratorStreamService start(GeneratorStreamConfig config, EchoEngine engine, ServedModel model)
      throws Exception {
    return GeneratorStreamService.start(
        config, engine, new ServedModels(List.of(model)), new StartupWait(System.out));
  }

  private void send(String topic, int from, int to) {
    send(topic, from, to, null);
  }

  private void send(String topic, int from, int to, @Nullable String model) {
    AvroSerializer<PromptRequested> serializer = new AvroSerializer<>(schemas, Topic.PROMPTS);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaClients(broker.clients().common()).producer(Map.of())) {
      for (int i = from; i < to; i++) {
        String id = topic + "#" + i;
        var prompt = PromptRequested.newBuilder().setPromptId(id).setText("text " + i).setModel(model).build();
        producer.send(new ProducerRecord<>(topic, PromptKey.of(id, null), serializer.serialize(prompt)));
      }
    }
  }

  private <T extends SpecificRecordBase> List<ConsumerRecord<byte[], T>> readAll(Topic topic) {
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(schemas, topic);
    List<ConsumerRecord<byte[], T>> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = broker.clients().consumer(Map.of())) {
      var partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p)))
        for (var r : consumer.poll(Duration.ofMillis(100)))
          all.add(
              new ConsumerRecord<>(
                  r.topic(), r.partition(), r.offset(), r.key(), deserializer.deserialize(r.value())));
    }
    return all;
  }

  private List<PromptOutcome> outcomesOf(String topic) {
    return this.<PromptOutcome>readAll(Topic.OUTCOMES).stream()
        .map(ConsumerRecord::value)
        .filter(o -> o.getSource().getTopic().equals(topic))
        .toList();
  }

  /// A prompt in the partition after its own.
  private ProducerRecord<byte[], byte[]> misplaced(String topic) {
    var prompt = PromptRequested.newBuilder().setPromptId("lost").setText("text").build();
    byte[] key = PromptKey.of("lost", null);
    int partition = (PromptKey.partition(key, 6) + 1) % 6;
    return new ProducerRecord<>(
        topic, partition, key, new AvroSerializer<PromptRequested>(schemas, Topic.PROMPTS).serialize(prompt));
  }

  private String newPool() {
    return "t" + pool++;
  }

  @Test
  void everyPromptEndsOnceInItsOwnPartition() throws Exception {
    String name = newPool();
    String topic = TopicLayout.promptsTopic(name);
    try (EchoEngine engine = new EchoEngine(false);
        GeneratorStreamService service = start(config(name), engine)) {
      send(topic, 0, 500);
      await().atMost(PATIENCE).until(() -> outcomesOf(topic).size() >= 500);
      assertThat(service.isReady()).isTrue();
      await().until(() -> service.inboxEntries() == 0);
    }
    assertThat(outcomesOf(topic)).hasSize(500).allMatch(o -> o.getOutcome() == Outcome.COMPLETED);
    assertThat(outcomesOf(topic).stream().map(PromptOutcome::getPromptId).distinct()).hasSize(500);
    for (var record : this.<PromptOutcome>readAll(Topic.OUTCOMES))
      assertThat(record.partition()).isEqualTo(record.value().getSource().getPartition());
    for (var record : this.<ContentGenerated>readAll(Topic.CONTENT))
      assertThat(record.partition()).isEqualTo(PromptKey.partition(record.key(), 6));
  }

  @Test
  void whatWasInTheInboxIsTakenUpAfterAStop() throws Exception {
    String name = newPool();
    String topic = TopicLayout.promptsTopic(name);
    try (EchoEngine mute = new EchoEngine(true);
        GeneratorStreamService service = start(config(name), mute)) {
      send(topic, 0, 60);
      await().atMost(PATIENCE).until(() -> service.inboxEntries() == 60);
    }
    assertThat(outcomesOf(topic)).isEmpty();
    try (EchoEngine engine = new EchoEngine(false);
        GeneratorStreamService service = start(config(name), engine)) {
      await().atMost(PATIENCE).until(() -> outcomesOf(topic).size() >= 60);
      assertThat(service.inboxEntries()).isZero();
      assertThat(engine.submitted.get()).isEqualTo(60);
    }
    assertThat(outcomesOf(topic).stream().map(PromptOutcome::getPromptId).distinct()).hasSize(60);
  }

  @Test
  void aPromptThatWaitsWhileANewModelVersionIsRolledOutIsAnsweredByItUnlessItAskedForItsVersion() throws Exception {
    String name = newPool();
    String topic = TopicLayout.promptsTopic(name);
    try (EchoEngine mute = new EchoEngine(true);
        GeneratorStreamService service = start(config(name), mute)) {
      send(topic, 0, 3, null);
      send(topic, 3, 6, "echo");
      send(topic, 6, 9, "echo@1.0.0");
      await().atMost(PATIENCE).until(() -> service.inboxEntries() == 9);
    }
    try (EchoEngine engine = new EchoEngine(false);
        GeneratorStreamService service = start(config(name), engine, newVersion())) {
      await().atMost(PATIENCE).until(() -> outcomesOf(topic).size() >= 9);
      assertThat(service.inboxEntries()).isZero();
    }
    assertThat(outcomesOf(topic)).hasSize(9);
    assertThat(outcomesOf(topic))
        .filteredOn(o -> o.getOutcome() == Outcome.COMPLETED)
        .hasSize(6)
        .allSatisfy(o -> assertThat(o.getModel()).isEqualTo("echo@1.1.0"));
    assertThat(outcomesOf(topic))
        .filteredOn(o -> o.getOutcome() == Outcome.DEAD_LETTERED)
        .hasSize(3)
        .allSatisfy(o -> assertThat(o.getReason()).isEqualTo("MODEL_GONE"));
  }

  private static ServedModel newVersion() throws IOException {
    String manifest = Files.readString(Path.of("src/test/resources/models/echo/model.yaml"));
    Path file = Files.writeString(folder.resolve("model.yaml"), manifest.replace("version: 1.0.0", "version: 1.1.0"));
    return new ServedModel(ModelManifest.read(file), "d2", 4);
  }

  @Test
  void inboxEntriesOfALaterVersionWaitUnharmedForAnInstanceThatReadsThem() throws Exception {
    String name = newPool();
    String topic = TopicLayout.promptsTopic(name);
    try (EchoEngine mute = new EchoEngine(true);
        GeneratorStreamService service = start(config(name), mute)) {
      send(topic, 0, 3);
      await().atMost(PATIENCE).until(() -> service.inboxEntries() == 3);
    }
    rewriteInbox(name, version -> (byte) (version + 1));
    try (EchoEngine engine = new EchoEngine(false);
        GeneratorStreamService service = start(config(name), engine)) {
      send(topic, 3, 6);
      await().atMost(PATIENCE).until(() -> outcomesOf(topic).size() >= 3);
      assertThat(service.inboxEntries()).isEqualTo(3);
      assertThat(engine.submitted.get()).isEqualTo(3);
    }
    rewriteInbox(name, version -> (byte) (version - 1));
    try (EchoEngine engine = new EchoEngine(false);
        GeneratorStreamService service = start(config(name), engine)) {
      await().atMost(PATIENCE).until(() -> outcomesOf(topic).size() >= 6);
      assertThat(service.inboxEntries()).isZero();
    }
    assertThat(outcomesOf(topic).stream().map(PromptOutcome::getPromptId).distinct()).hasSize(6);
  }

  /// Gives the entries that wait another version, in the changelog: what an instance of that version would have written.
  private void rewriteInbox(String pool, UnaryOperator<Byte> version) throws Exception {
    String changelog = GeneratorStreamRights.changelog(config(pool).applicationId());
    Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> entries = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = broker.clients().consumer(Map.of());
        KafkaProducer<byte[], byte[]> producer = broker.clients().producer(Map.of())) {
      var partitions =
          consumer.partitionsFor(changelog).stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p)))
        for (var r : consumer.poll(Duration.ofMillis(100))) entries.put(ByteBuffer.wrap(r.key()), r);
      for (var entry : entries.values()) {
        byte[] value = entry.value();
        if (value == null) continue;
        value[0] = version.apply(value[0]);
        producer.send(new ProducerRecord<>(changelog, entry.partition(), entry.key(), value)).get();
      }
    }
  }

  @Test
  void theStreamGoesOnAfterUnreadableBytesAndAWrongPartition() throws Exception {
    String name = newPool();
    String topic = TopicLayout.promptsTopic(name);
    try (EchoEngine engine = new EchoEngine(false);
        GeneratorStreamService service = start(config(name), engine);
        KafkaProducer<byte[], byte[]> producer = broker.clients().producer(Map.of())) {
      await().atMost(PATIENCE).until(service::isReady);
      producer.send(new ProducerRecord<>(topic, 0, null, "rubbish".getBytes(UTF_8))).get();
      producer.send(misplaced(topic)).get();
      send(topic, 0, 10);
      await().atMost(PATIENCE).until(() -> outcomesOf(topic).size() >= 12);
    }
    assertThat(outcomesOf(topic))
        .filteredOn(o -> o.getOutcome() == Outcome.REJECTED)
        .singleElement()
        .satisfies(o -> assertThat(o.getReason()).isEqualTo("WRONG_PARTITION"))
        .satisfies(o -> assertThat(o.getMessage()).contains("partitioner=murmur2_random"));
    assertThat(outcomesOf(topic))
        .filteredOn(o -> o.getOutcome() == Outcome.DEAD_LETTERED)
        .singleElement()
        .extracting("reason", "promptId")
        .containsExactly("NOT_FRAMED", null);
  }
}
