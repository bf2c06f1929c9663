package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Chunk;
import dev.penstock.chaos.guarantee.Account.Content;
import dev.penstock.chaos.guarantee.Account.Inbox;
import dev.penstock.chaos.guarantee.Account.Outcome;
import dev.penstock.chaos.guarantee.Account.Position;
import dev.penstock.chaos.guarantee.Account.Prompt;
import dev.penstock.chaos.guarantee.Account.Seal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Takes accounts from the topics, with nothing of Penstock's but the contract: consumers with
/// `isolation.level=read_committed`, schemas from the registry, field names. One thread.
public final class Recount implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Inbox NO_INBOX = new Inbox(Map.of(), Set.of());

  private final String bootstrapServers;
  private final DecodedLog<Prompt> prompts;
  private final DecodedLog<Outcome> outcomes;
  private final DecodedLog<Content> contents;
  private final DecodedLog<Chunk> chunks;
  private @Nullable InboxLog inbox;

  /// The topics must exist.
  public Recount(String bootstrapServers, String registryUrl) {
    this.bootstrapServers = bootstrapServers;
    SchemaLookup schemas = new SchemaLookup(registryUrl);
    prompts = new DecodedLog<>(log("penstock.prompts.v1"), record -> prompt(record, schemas.read(record.value())));
    outcomes = new DecodedLog<>(log("penstock.outcomes.v1"), record -> outcome(record, schemas.read(record.value())));
    contents = new DecodedLog<>(log("penstock.content.v1"), record -> content(record, schemas.read(record.value())));
    chunks = new DecodedLog<>(log("penstock.chunks.v1"), record -> chunk(schemas.read(record.value())));
  }

  private TopicLog log(String topic) {
    return new TopicLog(bootstrapServers, topic);
  }

  /// What is committed by now. The order matters: a prompt that is accepted when the inbox is read has an entry there,
  /// or its outcome is there when outcomes are read; what outcomes name is there when contents are read.
  public Account take() {
    List<Prompt> allPrompts = prompts.readToEnd();
    List<Outcome> allOutcomes = outcomes.readToEnd();
    return new Account(allPrompts, allOutcomes, contents.readToEnd(), chunks.readToEnd(), NO_INBOX);
  }

  /// The same with the inbox, whose changelog must exist: there is one as soon as an instance was ready. Waits for open
  /// transactions: an offset that is committed has its entry in the changelog, but maybe behind an open transaction; an
  /// entry that is gone has its outcome, but maybe behind another one. Both were written before the transaction that
  /// showed the offset, or the entry's end, was committed.
  public Account takeWithInbox() {
    if (inbox == null) inbox = new InboxLog(bootstrapServers, "penstock.prompts.v1");
    Inbox seen = inbox.take();
    List<Prompt> allPrompts = prompts.readToEnd();
    List<Outcome> allOutcomes = outcomes.readPastOpen();
    return new Account(allPrompts, allOutcomes, contents.readPastOpen(), chunks.readToEnd(), seen);
  }

  /// Waits until every prompt has an outcome and no transaction is open that could bring another one.
  ///
  /// @throws AssertionError if it does not come to that in time
  public Account awaitEnd(Duration atMost) {
    long giveUp = System.nanoTime() + atMost.toNanos();
    while (true) {
      int sent = prompts.readToEnd().size();
      int ended = take().ended();
      boolean isOpen = Stream.of(outcomes, contents).anyMatch(DecodedLog::hidesSomething);
      if (ended >= sent && !isOpen) return take();
      if (System.nanoTime() - giveUp > 0)
        throw new AssertionError(
            "after %d s %d of %d prompts have an outcome%s"
                .formatted(atMost.toSeconds(), ended, sent, isOpen ? ", and a transaction is open" : ""));
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while prompts were waited for", e);
    }
  }

  private static Prompt prompt(ConsumerRecord<byte[], byte[]> record, GenericRecord value) {
    return new Prompt(
        position(record),
        key(record),
        text(value, "promptId"),
        value.get("orderKey") == null ? null : text(value, "orderKey"),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private static Outcome outcome(ConsumerRecord<byte[], byte[]> record, GenericRecord value) {
    GenericRecord source = (GenericRecord) value.get("source");
    List<?> ids = (List<?>) value.get("contentIds");
    return new Outcome(
        position(record),
        key(record),
        new Position(text(source, "topic"), (Integer) source.get("partition"), (Long) source.get("offset")),
        text(value, "outcome"),
        value.get("reason") == null ? null : text(value, "reason"),
        ids.stream().map(Object::toString).toList(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private static Content content(ConsumerRecord<byte[], byte[]> record, GenericRecord value) {
    Object count = value.get("chunkCount");
    return new Content(
        position(record),
        key(record),
        text(value, "contentId"),
        text(value, "promptId"),
        (Long) value.get("seed"),
        (ByteBuffer) value.get("body"),
        text(value, "bodySha256"),
        text(value, "executionId"),
        count == null ? null : new Seal((Integer) count, text(value, "chunksSha256")));
  }

  private static Chunk chunk(GenericRecord value) {
    return new Chunk(text(value, "executionId"), (Integer) value.get("index"), text(value, "text"));
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
    Stream.of(prompts, outcomes, contents, chunks).forEach(DecodedLog::close);
    if (inbox != null) inbox.close();
  }
}
