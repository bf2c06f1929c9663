package dev.penstock.producer;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Sends prompts, and takes them back: the right key, the right partition, CloudEvents headers, a trace; through an idempotent producer
/// with all acknowledgements, so that a prompt that was acknowledged is there once.
///
/// Threads may share one. [#send] returns when the prompt is handed over, and waits while
/// [#MAX_IN_FLIGHT] prompts are not acknowledged yet.
public final class PromptSender implements AutoCloseable {

  /// How many prompts may be on their way at once.
  public static final int MAX_IN_FLIGHT = 1000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerializer<PromptRequested> serializer;
  private final AvroSerializer<CancellationRequested> cancellations;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);

  public PromptSender(KafkaClients clients, SchemaRegistry registry) {
    this(clients, registry, InstantSource.system());
  }

  PromptSender(KafkaClients clients, SchemaRegistry registry, InstantSource clock) {
    this.serializer = new AvroSerializer<>(registry, Topic.PROMPTS);
    this.cancellations = new AvroSerializer<>(registry, Topic.CANCELLATIONS);
    this.clock = clock;
    Map<String, Object> settings = new HashMap<>();
    settings.put("client.id", "penstock-producer");
    // A cluster that is not there is reported in seconds, not in a minute.
    if (!clients.common().containsKey("max.block.ms")) settings.put("max.block.ms", "10000");
    // Somebody waits for the answer. With one request in flight many prompts fill batches all the same.
    if (!clients.common().containsKey("linger.ms")) settings.put("linger.ms", "0");
    this.producer = clients.producer(settings);
  }

  /// Sends a prompt as the beginning of a trace of its own.
  ///
  /// @see #send(PromptRequested, Traceparent)
  public CompletableFuture<SentPrompt> send(PromptRequested prompt) {
    return send(prompt, Traceparent.newTrace());
  }

  /// @return completes when the broker has acknowledged, fails with a `KafkaException` if it never did; both on the
  ///     Kafka producer's thread, where nothing may block
  /// @throws InvalidPromptException if the prompt breaks a rule of the contract; nothing was sent
  /// @throws org.apache.kafka.common.KafkaException if Kafka or the schema registry cannot be reached, or the
  ///     calling thread is interrupted
  public CompletableFuture<SentPrompt> send(PromptRequested prompt, Traceparent trace) {
    PromptRules.require(prompt);
    return send(message(prompt, trace), prompt.getPromptId());
  }

  /// Takes a prompt back: what waits or runs of it ends as CANCELLED; what has ended stays. It may be sent before the
  /// prompt, which then never runs.
  ///
  /// @param orderKey that of the prompt, or null if it has none; with a wrong one the cancellation meets nobody
  /// @param tenant whose prompt it must be, or null
  /// @param reason in words for people, or null
  /// @return as for [#send(PromptRequested, Traceparent)]: the broker has it, which does not say what became of the prompt
  public CompletableFuture<SentPrompt> cancel(
      String promptId, @Nullable String orderKey, @Nullable String tenant, @Nullable String reason) {
    var cancellation =
        CancellationRequested.newBuilder().setPromptId(promptId).setTenant(tenant).setReason(reason).build();
    String topic = Topic.CANCELLATIONS.topicName();
    byte[] key = PromptKey.of(promptId, orderKey);
    int partition = PromptKey.partition(key, producer.partitionsFor(topic).size());
    var headers =
        PromptHeaders.of(
            PromptHeaders.CANCELLATION, Ids.newPromptId(), clock.instant().truncatedTo(ChronoUnit.MILLIS), Traceparent.newTrace());
    return send(
        new ProducerRecord<>(topic, partition, null, key, cancellations.serialize(cancellation), headers), promptId);
  }

  private CompletableFuture<SentPrompt> send(ProducerRecord<byte[], byte[]> message, String promptId) {
    awaitRoom();
    CompletableFuture<SentPrompt> sent = new CompletableFuture<>();
    try {
      producer.send(message, (metadata, failure) -> acknowledged(sent, promptId, metadata, failure));
    } catch (RuntimeException e) {
      room.release();
      throw e;
    }
    return sent;
  }

  /// The partition is named, so that no partitioner of the settings can put the prompt elsewhere.
  private ProducerRecord<byte[], byte[]> message(PromptRequested prompt, Traceparent trace) {
    String topic = Topic.PROMPTS.topicName();
    byte[] key = PromptKey.of(prompt.getPromptId(), prompt.getOrderKey());
    byte[] value = serializer.serialize(prompt);
    int partition = PromptKey.partition(key, producer.partitionsFor(topic).size());
    var headers = PromptHeaders.of(prompt.getPromptId(), clock.instant().truncatedTo(ChronoUnit.MILLIS), trace);
    return new ProducerRecord<>(topic, partition, null, key, value, headers);
  }

  private void awaitRoom() {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  /// Runs on the producer's thread. The callback of a failed send has metadata without an offset.
  private void acknowledged(
      CompletableFuture<SentPrompt> sent, String promptId, RecordMetadata metadata, @Nullable Exception failure) {
    room.release();
    if (failure != null) sent.completeExceptionally(failure);
    else
      sent.complete(
          new SentPrompt(promptId, metadata.topic(), metadata.partition(), metadata.offset(), metadata.timestamp()));
  }

  /// Waits until every prompt sent before is acknowledged or has failed.
  public void flush() {
    producer.flush();
  }

  /// Waits until everything is sent.
  @Override
  public void close() {
    producer.close();
  }
}
