package dev.penstock.producer.http;

import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.answers.UnreadableRecordException;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows prompts, chunks, content and outcomes, a thread each, and tells the log.
final class TopicFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final PromptLog log;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isClosed;

  /// Begins `from`; what is written after this returned is seen.
  ///
  /// @throws KafkaException if the cluster cannot be reached or lacks a topic
  TopicFollower(KafkaClients clients, SchemaRegistry registry, ReadFrom from, PromptLog log) {
    this.log = log;
    try {
      TopicReader<PromptRequested> prompts = TopicReader.ofPrompts(clients, registry, from);
      follow("prompts", prompts, prompts::poll, this::asked);
      TopicReader<ContentChunk> chunks = TopicReader.ofChunks(clients, registry, from);
      follow("chunks", chunks, chunks::poll, this::told);
      TopicReader<ContentGenerated> contents = TopicReader.ofContent(clients, registry, from);
      follow("content", contents, contents::poll, this::made);
      TopicReader<PromptOutcome> outcomes = TopicReader.ofOutcomes(clients, registry, from);
      follow("outcomes", outcomes, outcomes::poll, this::ended);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T> void follow(
      String name, AutoCloseable reader, Function<Duration, List<Received<T>>> poll, Consumer<T> tell) {
    threads.add(
        Thread.ofPlatform()
            .name("http-" + name)
            .daemon()
            .start(
                () -> {
                  try (reader) {
                    while (!isClosed) for (Received<T> received : poll(poll)) tell.accept(received.value());
                  } catch (Exception e) {
                    LOG.atError().addKeyValue("topic", name).setCause(e).log("a topic is not followed any more");
                  }
                }));
  }

  private <T> List<Received<T>> poll(Function<Duration, List<Received<T>>> poll) throws InterruptedException {
    try {
      return poll.apply(POLL);
    } catch (UnreadableRecordException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("a record was passed over");
    } catch (KafkaException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("a topic could not be read, trying again");
      Thread.sleep(AFTER_A_FAILURE);
    }
    return List.of();
  }

  private void asked(PromptRequested prompt) {
    if (prompt.getPromptId() != null) log.of(prompt.getPromptId()).asked(prompt, Fingerprint.of(prompt));
  }

  private void told(ContentChunk chunk) {
    log.of(chunk.getPromptId()).chunk(chunk);
  }

  private void made(ContentGenerated content) {
    byte[] body = content.getBody() == null ? new byte[0] : PromptJson.bytes(content.getBody());
    log.of(content.getPromptId()).content(content, body);
  }

  private void ended(PromptOutcome outcome) {
    if (outcome.getPromptId() != null) log.of(outcome.getPromptId()).outcome(outcome);
  }

  @Override
  public void close() {
    isClosed = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
