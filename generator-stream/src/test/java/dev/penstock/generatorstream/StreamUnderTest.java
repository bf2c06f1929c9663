package dev.penstock.generatorstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.PartialText;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.admit.Admission;
import dev.penstock.generatorstream.admit.AdmitProcessor;
import dev.penstock.generatorstream.admit.Limits;
import dev.penstock.generatorstream.cancel.CancelProcessor;
import dev.penstock.generatorstream.ids.IdBounds;
import dev.penstock.generatorstream.inbox.InboxLimits;
import dev.penstock.generatorstream.inbox.InboxProcessor;
import dev.penstock.generatorstream.inbox.Submission;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.route.ChunkWriter;
import dev.penstock.generatorstream.route.ContentStage;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.shared.SharedWork;
import dev.penstock.generatorstream.streams.CommitPace;
import dev.penstock.generatorstream.templates.PromptTemplates;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// The real topology on the test driver, with an engine the test plays. The driver has one partition.
final class StreamUnderTest implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  final FakeEngine engine = new FakeEngine();
  final MemoryRegistry registry = new MemoryRegistry();
  final ServedModel echo;
  final ServedModel enlarger = new ServedModel(ModelManifest.read(resource("/models/enlarger/model.yaml")), "d9", 2);
  final ServedModel latentPainter = new ServedModel(ModelManifest.read(resource("/models/latent-painter/model.yaml")), "d8", 1);
  final MockProducer<byte[], byte[]> chunkProducer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  final ChunkWriter chunks = new ChunkWriter(chunkProducer, registry);
  final SharedWork shared = new SharedWork(engine, 1 << 20);
  final TopologyTestDriver driver;
  final Path stateDir;

  private final AvroSerializer<PromptRequested> prompts = new AvroSerializer<>(registry, Topic.PROMPTS);
  private final TestInputTopic<byte[], byte[]> input;
  private final TestInputTopic<byte[], byte[]> cancellations;
  private final Set<ByteBuffer> changelog = new HashSet<>();

  StreamUnderTest() {
    this(100, 2);
  }

  StreamUnderTest(long maxEntries, int window) {
    this(maxEntries, window, Long.MAX_VALUE);
  }

  StreamUnderTest(long maxEntries, int window, long tenantEntries) {
    this(maxEntries, window, tenantEntries, Letters.SOURCE);
  }

  /// @param parts what makes text of the model's parts
  StreamUnderTest(PartialText.Source parts) {
    this(100, 2, Long.MAX_VALUE, parts);
  }

  private StreamUnderTest(long maxEntries, int window, long tenantEntries, PartialText.Source parts) {
    echo = new ServedModel(ModelManifest.read(resource("/models/echo/model.yaml")), "d1", 4, parts);
    ServedModels models = new ServedModels(List.of(echo, enlarger, latentPainter));
    Admission admission =
        new Admission(new AvroDeserializer<>(registry, Topic.PROMPTS), models, templates(), Limits.of(1));
    Routing routing = new Routing(registry);
    try {
      stateDir = Files.createTempDirectory("penstock-stream");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ContentStage stage =
        new ContentStage(
            registry, ObjectStore.open(stateDir.resolve("objects").toUri()), InstantSource.system());
    InboxLimits limits = new InboxLimits(new AtomicLong(), maxEntries, window, tenantEntries);
    ThreadLocal<CommitPace> pace = CommitPace.perThread();
    Properties properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", stateDir.toString());
    driver =
        new TopologyTestDriver(
            GeneratorTopology.of(
                Topic.PROMPTS.topicName(),
                new IdBounds(Duration.ofHours(24), 1_000, Duration.ofHours(1), 1_000),
                () -> new AdmitProcessor(admission, routing, pace),
                () -> new CancelProcessor(new AvroDeserializer<>(registry, Topic.CANCELLATIONS), 1, routing, pace),
                () -> new InboxProcessor(admission, models, routing, new Submission(engine, shared, stage, chunks), limits, pace)),
            properties,
            START);
    input =
        driver.createInputTopic(
            Topic.PROMPTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer(), START, Duration.ZERO);
    cancellations =
        driver.createInputTopic(
            Topic.CANCELLATIONS.topicName(), new ByteArraySerializer(), new ByteArraySerializer(), START, Duration.ZERO);
  }

  private static PromptTemplates templates() {
    return PromptTemplates.open(resource("/templates"), Map.of());
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(StreamUnderTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static PromptRequested.Builder prompt(String id) {
    return PromptRequested.newBuilder().setPromptId(id).setText("a slogan for a boot");
  }

  void send(PromptRequested.Builder prompt) {
    PromptRequested built = prompt.build();
    byte[] key =
        built.getPromptId() == null ? null : PromptKey.of(built.getPromptId(), built.getOrderKey());
    sendBytes(key, prompts.serialize(built));
  }

  byte[] framed(PromptRequested.Builder prompt) {
    return prompts.serialize(prompt.build());
  }

  void sendBytes(byte[] key, byte[] value) {
    TestRecord<byte[], byte[]> record = new TestRecord<>(key, value, now);
    record.headers().add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8));
    input.pipeInput(record);
  }

  /// Takes a prompt without an order key back.
  void cancel(String promptId) {
    cancel(CancellationRequested.newBuilder().setPromptId(promptId), promptId);
  }

  void cancel(CancellationRequested.Builder cancellation, String key) {
    byte[] value = new AvroSerializer<CancellationRequested>(registry, Topic.CANCELLATIONS).serialize(cancellation.build());
    cancelBytes(key.getBytes(UTF_8), value);
  }

  void cancelBytes(byte @Nullable [] key, byte @Nullable [] value) {
    cancellations.pipeInput(new TestRecord<>(key, value, now));
  }

  private Instant now = START;

  /// Lets time pass, so that punctuators fire.
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  void harvest() {
    pass(Duration.ofMillis(20));
  }

  /// Of the chunks topic, in order.
  List<ContentChunk> chunks() {
    AvroDeserializer<ContentChunk> deserializer = new AvroDeserializer<>(registry, Topic.CHUNKS);
    return chunkProducer.history().stream().map(r -> deserializer.deserialize(r.value())).toList();
  }

  List<ContentGenerated> contents() {
    return read(Topic.CONTENT);
  }

  List<PromptOutcome> outcomes() {
    return read(Topic.OUTCOMES);
  }

  List<DeadLetter> deadLetters() {
    return read(Topic.DEAD_LETTERS);
  }

  /// The only outcome there is to read.
  PromptOutcome outcome() {
    List<PromptOutcome> all = outcomes();
    if (all.size() != 1) throw new AssertionError("expected one outcome, found " + all);
    return all.getFirst();
  }

  private <T extends SpecificRecordBase> List<T> read(Topic topic) {
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, topic);
    return records(topic).stream().map(r -> deserializer.deserialize(r.value())).toList();
  }

  List<TestRecord<byte[], byte[]>> records(Topic topic) {
    return records(topic.topicName());
  }

  private List<TestRecord<byte[], byte[]>> records(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /// Prompts and marks that would be there after a crash: the changelog's keys whose last value is not null.
  int inboxEntries() {
    if (!driver.producedTopicNames().contains("test-inbox-changelog")) return changelog.size();
    for (var record : records("test-inbox-changelog")) {
      ByteBuffer key = ByteBuffer.wrap(record.key());
      if (record.value() == null) changelog.remove(key);
      else changelog.add(key);
    }
    return changelog.size();
  }

  @Override
  public void close() {
    driver.close();
    shared.close();
    chunks.close();
    try {
      FileTree.delete(stateDir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
