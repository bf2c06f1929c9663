package dev.penstock.generatorstream.route;

import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes chunks: one thread and one idempotent, non-transactional producer a process, so that what is written is
/// visible at once. Everybody else only puts a [StreamedText] with something to say into a queue, at most once each; so
/// a slow broker makes chunks fewer and larger and holds up nobody.
public final class ChunkWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkWriter.class);

  /// Chunks on their way to the broker; while it is behind, text gathers in the streams.
  private static final int MAX_UNACKNOWLEDGED = 64;

  private final Producer<byte[], byte[]> producer;
  private final AvroSerializer<ContentChunk> serializer;
  private final BlockingQueue<StreamedText> ready = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MAX_UNACKNOWLEDGED);
  private final Thread thread;
  private volatile boolean isClosed;

  /// @param producer owned by this writer from now on
  public ChunkWriter(Producer<byte[], byte[]> producer, SchemaRegistry registry) {
    this.producer = producer;
    this.serializer = new AvroSerializer<>(registry, Topic.CHUNKS);
    this.thread = Thread.ofPlatform().name("chunk-writer").daemon().start(this::run);
  }

  /// A writer with a producer for its purpose; knows the topic's partitions when it returns, so that the first chunk
  /// does not wait for them.
  ///
  /// @throws KafkaException if the cluster does not answer
  public static ChunkWriter open(KafkaClients kafka, SchemaRegistry registry) {
    Producer<byte[], byte[]> producer =
        kafka.producer(
            Map.of(
                "client.id", "penstock-chunks",
                "linger.ms", "0",
                "max.block.ms", "5000",
                "request.timeout.ms", "5000",
                "delivery.timeout.ms", "10000"));
    try {
      producer.partitionsFor(Topic.CHUNKS.topicName());
      return new ChunkWriter(producer, registry);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /// The text of one variant, or null if the prompt does not want it told or its model writes none.
  public @Nullable StreamedText stream(AdmittedPrompt prompt, int variant) {
    if (!prompt.request().getStream() || prompt.model().texts() == null) return null;
    return new StreamedText(this, prompt, variant, System::nanoTime);
  }

  /// Called by a stream that has something to say and is not in the queue.
  void ready(StreamedText stream) {
    ready.add(stream);
  }

  /// Whether the broker has as many chunks to acknowledge as it may have.
  boolean isBehind() {
    return room.availablePermits() == 0;
  }

  private void run() {
    while (!isClosed) {
      try {
        write(ready.take());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void write(StreamedText stream) throws InterruptedException {
    stream.leftQueue();
    room.acquire();
    StreamedText.Part part = stream.take();
    while (part != null) {
      send(part);
      room.acquire();
      part = stream.take();
    }
    room.release();
  }

  private void send(StreamedText.Part part) {
    try {
      byte[] value = serializer.serialize(part.chunk());
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(
              Topic.CHUNKS.topicName(), part.partition(), null, part.key(), value, part.headers());
      producer.send(message, (metadata, failure) -> ended(part, failure));
    } catch (RuntimeException e) {
      ended(part, e);
    }
  }

  private void ended(StreamedText.Part part, @Nullable Exception failure) {
    room.release();
    if (failure != null)
      LOG.atWarn()
          .addKeyValue("contentId", part.chunk().getContentId())
          .addKeyValue("reason", String.valueOf(failure.getMessage()))
          .log("a chunk was not written; the content record will not name its execution's chunks");
    part.run().acknowledged(failure == null);
  }

  /// What was not written yet is not written any more.
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    producer.close(Duration.ofSeconds(2));
  }
}
