package dev.penstock.systemtests.guarantee;

import static org.awaitility.Awaitility.await;

import dev.penstock.systemtests.guarantee.Account.Content;
import dev.penstock.systemtests.guarantee.Account.Outcome;
import dev.penstock.systemtests.guarantee.Account.Position;
import dev.penstock.systemtests.guarantee.Account.Prompt;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Takes accounts from the topics, with nothing of Penstock's but the contract: consumers with
/// `isolation.level=read_committed`, schemas from the registry, field names.
public final class Recount implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final SchemaLookup schemas;
  private final TopicLog prompts;
  private final TopicLog outcomes;
  private final TopicLog contents;

  /// The topics must exist.
  public Recount(String bootstrapServers, String registryUrl) {
    schemas = new SchemaLookup(registryUrl);
    prompts = new TopicLog(bootstrapServers, "penstock.prompts.v1");
    outcomes = new TopicLog(bootstrapServers, "penstock.outcomes.v1");
    contents = new TopicLog(bootstrapServers, "penstock.content.v1");
  }

  /// What is committed by now.
  public Account take() {
    return new Account(
        prompts.readToEnd().stream().map(this::prompt).toList(),
        outcomes.readToEnd().stream().map(this::outcome).toList(),
        contents.readToEnd().stream().map(this::content).toList());
  }

  /// Waits until every prompt has an outcome and no transaction is open that could bring another one.
  public Account awaitEnd(Duration atMost) {
    await("every prompt has an outcome")
        .atMost(atMost)
        .pollInterval(BETWEEN_LOOKS)
        .untilAsserted(
            () -> {
              Account account = take();
              if (account.ended() < account.prompts().size())
                throw new AssertionError(
                    "%d of %d prompts have an outcome".formatted(account.ended(), account.prompts().size()));
            });
    await("no transaction is open")
        .atMost(atMost)
        .pollInterval(BETWEEN_LOOKS)
        .until(() -> Stream.of(outcomes, contents).noneMatch(TopicLog::hidesSomething));
    return take();
  }

  private Prompt prompt(ConsumerRecord<byte[], byte[]> record) {
    return new Prompt(position(record), key(record), text(schemas.read(record.value()), "promptId"));
  }

  private Outcome outcome(ConsumerRecord<byte[], byte[]> record) {
    GenericRecord value = schemas.read(record.value());
    GenericRecord source = (GenericRecord) value.get("source");
    List<?> ids = (List<?>) value.get("contentIds");
    return new Outcome(
        position(record),
        key(record),
        new Position(text(source, "topic"), (Integer) source.get("partition"), (Long) source.get("offset")),
        text(value, "outcome"),
        ids.stream().map(Object::toString).toList(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private Content content(ConsumerRecord<byte[], byte[]> record) {
    GenericRecord value = schemas.read(record.value());
    return new Content(
        position(record),
        key(record),
        text(value, "contentId"),
        text(value, "promptId"),
        (Long) value.get("seed"),
        (ByteBuffer) value.get("body"));
  }

  private static String text(GenericRecord record, String field) {
    return String.valueOf(record.get(field));
  }

  private static Position position(ConsumerRecord<?, ?> record) {
    return new Position(record.topic(), record.partition(), record.offset());
  }

  private static ByteBuffer key(ConsumerRecord<byte[], byte[]> record) {
    return ByteBuffer.wrap(record.key());
  }

  @Override
  public void close() {
    prompts.close();
    outcomes.close();
    contents.close();
  }
}
