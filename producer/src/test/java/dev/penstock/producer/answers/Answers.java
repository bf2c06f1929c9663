package dev.penstock.producer.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.FinishReason;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.ModelReference;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.Usage;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes outcomes and content as an instance of the service does: in transactions.
public final class Answers implements AutoCloseable {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerializer<ContentGenerated> contents;
  private final AvroSerializer<PromptOutcome> outcomes;

  public Answers(KafkaClients clients, SchemaRegistry registry) {
    this.contents = new AvroSerializer<>(registry, Topic.CONTENT);
    this.outcomes = new AvroSerializer<>(registry, Topic.OUTCOMES);
    this.producer = clients.producer(Map.of("transactional.id", "answers"));
    producer.initTransactions();
  }

  /// One transaction with these content and outcome records.
  public void commit(SpecificRecordBase... records) {
    producer.beginTransaction();
    write(records);
    producer.commitTransaction();
  }

  void abort(SpecificRecordBase... records) {
    producer.beginTransaction();
    write(records);
    producer.flush();
    producer.abortTransaction();
  }

  void writeRaw(Topic topic, byte[] value) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic.topicName(), 0, null, value));
    producer.commitTransaction();
  }

  private void write(SpecificRecordBase... records) {
    for (SpecificRecordBase written : records)
      switch (written) {
        case ContentGenerated content -> send(Topic.CONTENT, content.getPromptId(), contents.serialize(content));
        case PromptOutcome outcome -> send(Topic.OUTCOMES, outcome.getPromptId(), outcomes.serialize(outcome));
        default -> throw new IllegalArgumentException(written.getSchema().getName());
      }
  }

  private void send(Topic topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic.topicName(), key.getBytes(UTF_8), value));
  }

  /// Chunks as an instance writes them: outside of any transaction.
  public static List<ContentChunk> chunks(String promptId, String executionId, String... texts) {
    List<ContentChunk> chunks = new ArrayList<>();
    for (String text : texts)
      chunks.add(
          ContentChunk.newBuilder()
              .setExecutionId(executionId)
              .setIndex(chunks.size())
              .setContentId(Ids.contentId(promptId, 0))
              .setPromptId(promptId)
              .setVariant(0)
              .setTenant("default")
              .setMediaType("text/plain; charset=utf-8")
              .setText(text)
              .build());
    return chunks;
  }

  public static ContentGenerated content(String promptId, int variant, String text) {
    byte[] body = text.getBytes(UTF_8);
    return ContentGenerated.newBuilder()
        .setContentId(Ids.contentId(promptId, variant))
        .setPromptId(promptId)
        .setVariant(variant)
        .setTenant("default")
        .setModality(Modality.TEXT)
        .setMediaType("text/plain; charset=utf-8")
        .setBody(ByteBuffer.wrap(body))
        .setBodySha256(sha256(body))
        .setBodySize(body.length)
        .setModel(new ModelReference("tiny-copywriter", "1.0.0", "00"))
        .setSeed(7)
        .setFinishReason(FinishReason.STOP)
        .setUsage(new Usage(9, 12, 0L, 0))
        .setTimings(new Timings(NOW, NOW.plusMillis(820), 1L, 2L, 3L))
        .setExecutionId("e")
        .build();
  }

  public static PromptOutcome outcome(String promptId, Outcome outcome, ContentGenerated... contents) {
    return PromptOutcome.newBuilder(outcome(promptId, outcome, 0))
        .setContentIds(Arrays.stream(contents).map(ContentGenerated::getContentId).toList())
        .build();
  }

  /// The outcome of the prompt record at `offset` of partition 0.
  public static PromptOutcome outcome(String promptId, Outcome outcome, long offset) {
    return PromptOutcome.newBuilder()
        .setPromptId(promptId)
        .setTenant("default")
        .setOutcome(outcome)
        .setSource(new SourcePosition(Topic.PROMPTS.topicName(), 0, offset))
        .setRequestedAt(NOW)
        .setEndedAt(NOW.plusMillis(820))
        .build();
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
