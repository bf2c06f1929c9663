package dev.penstock.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Records that somebody hostile, or broken, puts on a prompts topic. The same seed makes the same records.
public final class HostileRecords {

  /// What is wrong with a record.
  public enum Kind {
    RANDOM_BYTES,
    FLIPPED_BITS,
    CUT_SHORT,
    WRONG_SCHEMA_ID,
    HUGE_LENGTH,
    DEEP_NESTING,
    INVALID_UTF8,
    HUGE_TEXT,
    HUGE_ID,
    HUGE_KEY,
    DUPLICATE,
    FUTURE_TIME,
    ENDLESS_HEADERS,
    HUGE_TRACE,
    NOTHING,
    WRONG_KEY,
    ODD_NUMBERS,
    CONTROL_CHARACTERS
  }

  private static final int PREFIX = 5;
  private static final int HUGE = 5 << 20;

  private final String topic;
  private final String name;
  private final Random random;
  private final AvroSerializer<PromptRequested> serializer;
  private final int nestedSchemaId;
  private final List<Kind> kinds;
  private int count;

  /// @param topic of [Topic#DEFAULT_PARTITIONS] partitions
  /// @param name what the ids of well-formed ones begin with
  /// @param kinds take turns
  public HostileRecords(String topic, String name, SchemaRegistry registry, long seed, List<Kind> kinds) {
    this.topic = topic;
    this.name = name;
    this.kinds = kinds;
    this.random = new Random(seed);
    this.serializer = new AvroSerializer<>(registry, Topic.PROMPTS);
    this.nestedSchemaId = registry.register("hostile-value", nesting());
  }

  /// As a prompt, with one more field that holds itself: readable as a prompt, for whoever skips that field.
  private static Schema nesting() {
    Schema.Parser parser = new Schema.Parser();
    Schema prompt = parser.parse(PromptRequested.getClassSchema().toString());
    Schema nest =
        SchemaBuilder.record("Nest").namespace("hostile").fields().name("inner").type().unionOf().nullType().and()
            .type("Nest").endUnion().noDefault().endRecord();
    Schema writer = Schema.createRecord(prompt.getName(), prompt.getDoc(), prompt.getNamespace(), false);
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field("nest", nest, null));
    for (Schema.Field field : prompt.getFields()) fields.add(new Schema.Field(field, field.schema()));
    writer.setFields(fields);
    return writer;
  }

  /// Megabytes of one letter are small once compressed, so a topic takes them.
  public static KafkaProducer<byte[], byte[]> producer(KafkaClients clients) {
    return clients.producer(Map.of("linger.ms", 1, "compression.type", "lz4", "max.request.size", 16 << 20));
  }

  /// The next one.
  ///
  /// @param good a prompt id that is on the topic
  public ProducerRecord<byte[], byte[]> next(String good) {
    Kind kind = kinds.get(count % kinds.size());
    String id = name + "/hostile-" + count++;
    return switch (kind) {
      case RANDOM_BYTES -> raw(id, bytes(random.nextInt(2_000)));
      case FLIPPED_BITS -> raw(id, flipped(valid(id)));
      case CUT_SHORT -> raw(id, Arrays.copyOf(valid(id), random.nextInt(60)));
      case WRONG_SCHEMA_ID -> raw(id, framed(random.nextInt(), Arrays.copyOfRange(valid(id), PREFIX, 60)));
      case HUGE_LENGTH -> raw(id, hugeLength(valid(id)));
      case DEEP_NESTING -> raw(id, framed(nestedSchemaId, ones(200_000)));
      case INVALID_UTF8 -> raw(id, invalidUtf8(valid(id)));
      case HUGE_TEXT -> prompt(prompt(id).setText("x".repeat(HUGE)), null);
      case HUGE_ID -> prompt(prompt("i".repeat(HUGE / 8)), null);
      case HUGE_KEY -> new ProducerRecord<>(topic, 0, bytes(300_000), valid(id));
      case DUPLICATE -> prompt(prompt(good), null);
      case FUTURE_TIME -> prompt(prompt(id).setTtlMs(Long.MAX_VALUE).setDeadline(Instant.ofEpochMilli(Long.MAX_VALUE)), soon());
      case ENDLESS_HEADERS -> headers(prompt(prompt(id), null), 5_000, 8);
      case HUGE_TRACE -> trace(prompt(prompt(id), null));
      case NOTHING -> new ProducerRecord<>(topic, random.nextInt(Topic.DEFAULT_PARTITIONS), null, null);
      case WRONG_KEY -> new ProducerRecord<>(topic, random.nextInt(Topic.DEFAULT_PARTITIONS), bytes(8), valid(id));
      case ODD_NUMBERS -> prompt(prompt(id).setVariants(Integer.MIN_VALUE).setCandidates(random.nextInt()), null);
      case CONTROL_CHARACTERS -> prompt(prompt(id + "\u0000\u001b[31m"), null);
    };
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static PromptRequested.Builder prompt(String id) {
    return PromptRequested.newBuilder().setPromptId(id).setText("A slogan for a boot.").setParameters(new HashMap<>(Map.of()));
  }

  private byte[] valid(String id) {
    return serializer.serialize(prompt(id).build());
  }

  private ProducerRecord<byte[], byte[]> raw(String id, byte[] value) {
    return new ProducerRecord<>(topic, id.getBytes(UTF_8), value);
  }

  private ProducerRecord<byte[], byte[]> prompt(PromptRequested.Builder prompt, @Nullable Long timestamp) {
    PromptRequested built = prompt.build();
    byte[] key = PromptKey.of(built.getPromptId(), null);
    return new ProducerRecord<>(topic, PromptKey.partition(key, Topic.DEFAULT_PARTITIONS), timestamp, key, serializer.serialize(built));
  }

  /// As far ahead as a broker takes by default.
  private static long soon() {
    return Instant.now().plus(Duration.ofMinutes(55)).toEpochMilli();
  }

  private byte[] flipped(byte[] value) {
    for (int i = 0; i < 4; i++) value[PREFIX + random.nextInt(value.length - PREFIX)] ^= (byte) (1 << random.nextInt(8));
    return value;
  }

  private static byte[] framed(int schemaId, byte[] body) {
    return ByteBuffer.allocate(PREFIX + body.length).put((byte) 0).putInt(schemaId).put(body).array();
  }

  /// Branch 1 of the union again and again: another record inside.
  private static byte[] ones(int depth) {
    byte[] body = new byte[depth];
    Arrays.fill(body, (byte) 2);
    return body;
  }

  /// The first field's union branch, then a length that goes to 2^62.
  private static byte[] hugeLength(byte[] value) {
    ByteBuffer changed = ByteBuffer.wrap(value.clone());
    changed.position(PREFIX + 1);
    for (int i = 0; i < 8; i++) changed.put((byte) 0xfe);
    changed.put((byte) 0x7f);
    return changed.array();
  }

  /// In the middle of the id.
  private static byte[] invalidUtf8(byte[] value) {
    for (int i = PREFIX + 3; i < PREFIX + 9; i++) value[i] = (byte) 0xff;
    return value;
  }

  private static ProducerRecord<byte[], byte[]> headers(ProducerRecord<byte[], byte[]> record, int count, int bytes) {
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < count; i++) headers.add("h" + i, new byte[bytes]);
    return new ProducerRecord<>(record.topic(), record.partition(), record.timestamp(), record.key(), record.value(), headers);
  }

  private static ProducerRecord<byte[], byte[]> trace(ProducerRecord<byte[], byte[]> record) {
    record.headers().add("traceparent", new byte[700_000]);
    return record;
  }
}
