package dev.penstock.standalone.recount;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Reads prompts, outcomes and content from their first record to their end, committed records only, and compares
/// them. May run while the services work: outcomes are read first, so that what they answer and name is there when
/// the others are read, and what comes later is in flight.
///
/// @param store where bodies lie that are too large for a record
public record Recount(KafkaClients clients, SchemaRegistry registry, ObjectStore store) {

  private static final int FRAME_BYTES = 5;

  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be read
  public Report run() {
    Ledger ledger = new Ledger();
    TopicScan.read(clients, Topic.OUTCOMES.topicName(), read -> addOutcome(ledger, read));
    TopicScan.read(clients, Topic.CONTENT.topicName(), read -> ledger.add(content(read)));
    TopicScan.read(clients, Topic.PROMPTS.topicName(), read -> ledger.add(prompt(read)))
        .forEach((partition, first) -> ledger.promptsBeginAt(partition.partition(), first));
    return ledger.report();
  }

  /// Answers to prompts of other pools are another account.
  private void addOutcome(Ledger ledger, ConsumerRecord<byte[], byte[]> read) {
    Entry.Outcome outcome = outcome(read);
    if (outcome.source().topic().equals(Topic.PROMPTS.topicName())) ledger.add(outcome);
  }

  /// Anybody may write anything to the prompts topic; what cannot be read still needs its outcome.
  private Entry.Prompt prompt(ConsumerRecord<byte[], byte[]> read) {
    try {
      GenericRecord value = decode(read);
      OptionalInt variants = OptionalInt.of((Integer) value.get("variants"));
      return new Entry.Prompt(position(read), key(read), text(value.get("promptId")), variants);
    } catch (IOException | AvroRuntimeException | SerializationException | ClassCastException e) {
      return new Entry.Prompt(position(read), key(read), null, OptionalInt.empty());
    }
  }

  private Entry.Outcome outcome(ConsumerRecord<byte[], byte[]> read) {
    GenericRecord value = ours(read);
    GenericRecord source = (GenericRecord) value.get("source");
    return new Entry.Outcome(
        position(read),
        key(read),
        text(value.get("promptId")),
        new Position(source.get("topic").toString(), (Integer) source.get("partition"), (Long) source.get("offset")),
        value.get("outcome").toString(),
        ((List<?>) value.get("contentIds")).stream().map(Object::toString).toList());
  }

  private Entry.Content content(ConsumerRecord<byte[], byte[]> read) {
    GenericRecord value = ours(read);
    return new Entry.Content(
        position(read), key(read), value.get("contentId").toString(), value.get("promptId").toString(), bodyFault(value));
  }

  private @Nullable String bodyFault(GenericRecord content) {
    byte[] body;
    try {
      body = body(content);
    } catch (IOException e) {
      return "its body cannot be read: " + e.getMessage();
    }
    if (body.length != (Long) content.get("bodySize"))
      return "its body has %d bytes, the record says %s".formatted(body.length, content.get("bodySize"));
    return sha256(body).equals(content.get("bodySha256").toString()) ? null : "its body has not the SHA-256 of the record";
  }

  private byte[] body(GenericRecord content) throws IOException {
    if (content.get("body") instanceof ByteBuffer inline) {
      byte[] bytes = new byte[inline.remaining()];
      inline.duplicate().get(bytes);
      return bytes;
    }
    String uri = text(content.get("bodyUri"));
    if (uri == null) throw new IOException("the record has neither body nor bodyUri");
    return store.get(URI.create(uri));
  }

  private static Position position(ConsumerRecord<byte[], byte[]> read) {
    return new Position(read.topic(), read.partition(), read.offset());
  }

  private static @Nullable String key(ConsumerRecord<byte[], byte[]> read) {
    return read.key() == null ? null : HexFormat.of().formatHex(read.key());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /// A record that only our services write.
  private GenericRecord ours(ConsumerRecord<byte[], byte[]> read) {
    try {
      return decode(read);
    } catch (IOException | AvroRuntimeException e) {
      throw new SerializationException("the record %s cannot be read".formatted(position(read)), e);
    }
  }

  private GenericRecord decode(ConsumerRecord<byte[], byte[]> read) throws IOException {
    byte[] value = read.value();
    if (value == null || value.length < FRAME_BYTES || value[0] != 0) throw new IOException("not framed");
    Schema schema = registry.byId(ByteBuffer.wrap(value).getInt(1));
    var decoder = DecoderFactory.get().binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null);
    return new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
