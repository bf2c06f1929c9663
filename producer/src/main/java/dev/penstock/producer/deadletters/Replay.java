package dev.penstock.producer.deadletters;

import static dev.penstock.producer.deadletters.DeadLetterFilter.position;

import dev.penstock.producer.answers.Received;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.RecordHeader;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.FramingException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Sends dead letters again to the topic they came from: the same prompt with its id, its key and its headers, and
/// `replayOf` set to the position it failed at. One thread.
public final class Replay implements AutoCloseable {

  /// No bound on letters a second.
  public static final int AT_ONCE = 0;

  private final DeadLetters letters;
  private final int perSecond;
  private final @Nullable Duration ttl;
  private final AvroDeserializer<PromptRequested> deserializer;
  private final AvroSerializer<PromptRequested> serializer;
  private final KafkaProducer<byte[], byte[]> producer;

  /// @param perSecond the most letters a second, or [#AT_ONCE]
  /// @param ttl replaces the prompts' deadlines, counted from the moment they are sent; null keeps them
  public Replay(DeadLetters letters, int perSecond, @Nullable Duration ttl) {
    this.letters = letters;
    this.perSecond = perSecond;
    this.ttl = ttl;
    this.deserializer = new AvroDeserializer<>(letters.registry(), Topic.PROMPTS);
    this.serializer = new AvroSerializer<>(letters.registry(), Topic.PROMPTS);
    Map<String, Object> settings = new HashMap<>(Map.of("client.id", "penstock-replay", "max.block.ms", "10000"));
    settings.put("max.request.size", Topic.DEAD_LETTERS.maxMessageBytes());
    this.producer = letters.clients().producer(settings);
  }

  /// The prompt in a dead letter.
  ///
  /// @throws FramingException if its bytes are none
  static PromptRequested promptOf(AvroDeserializer<PromptRequested> deserializer, DeadLetter letter) {
    ByteBuffer value = letter.getValue();
    if (value == null) throw new FramingException("EMPTY_VALUE", "the record has no value");
    return deserializer.deserialize(bytes(value));
  }

  /// Sends those that match and that the plan lets through; returns when the broker has acknowledged them.
  ///
  /// @param each told of a letter before it is sent
  /// @return how many were sent
  /// @throws KafkaException if one was not acknowledged; those before it were sent
  public long send(DeadLetterFilter filter, ReplayPlan plan, Consumer<DeadLetter> each) {
    AtomicLong sent = new AtomicLong();
    AtomicReference<KafkaException> failure = new AtomicReference<>();
    long start = System.nanoTime();
    letters.forEach(
        filter,
        received -> {
          if (plan.verdict(received.value()) != ReplayVerdict.REPLAY) return;
          throwIfAny(failure);
          pace(start, sent.getAndIncrement());
          each.accept(received.value());
          producer.send(
              record(received),
              (metadata, e) -> {
                if (e != null) failure.compareAndSet(null, new KafkaException(e.getMessage(), e));
              });
        });
    producer.flush();
    throwIfAny(failure);
    return sent.get();
  }

  private static void throwIfAny(AtomicReference<KafkaException> failure) {
    KafkaException e = failure.get();
    if (e != null) throw e;
  }

  private void pace(long startNanos, long before) {
    if (perSecond == AT_ONCE) return;
    long due = startNanos + before * 1_000_000_000L / perSecond;
    try {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
        Thread.sleep(Duration.ofNanos(left));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private ProducerRecord<byte[], byte[]> record(Received<DeadLetter> received) {
    DeadLetter letter = received.value();
    String topic = letter.getSource().getTopic();
    PromptRequested.Builder prompt =
        PromptRequested.newBuilder(promptOf(deserializer, letter)).setReplayOf(position(letter.getSource()));
    if (ttl != null) prompt.setDeadline(null).setTtlMs(ttl.toMillis());
    byte[] key = PromptKey.of(prompt.getPromptId(), prompt.getOrderKey());
    int partition = PromptKey.partition(key, producer.partitionsFor(topic).size());
    return new ProducerRecord<>(topic, partition, null, key, serializer.serialize(prompt.build()), headers(letter));
  }

  private static RecordHeaders headers(DeadLetter letter) {
    RecordHeaders headers = new RecordHeaders();
    for (RecordHeader header : letter.getHeaders())
      headers.add(header.getKey(), header.getValue() == null ? null : bytes(header.getValue()));
    return headers;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    producer.close();
  }
}
