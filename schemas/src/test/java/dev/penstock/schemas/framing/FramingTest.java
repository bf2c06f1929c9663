package dev.penstock.schemas.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.Examples;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values are 0x00, the schema id, Avro binary. What was written is read back as it was; any other bytes are refused
/// with a sentence and a stable code, and cost no more memory than they are long.
class FramingTest {

  /// Fields of a prompt before `text`: promptId null, tenant "t", campaign null, modality UNKNOWN, model null.
  private static final byte[] BEFORE_TEXT = {0, 2, 't', 0, 0, 0};

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AvroDeserializer<PromptRequested> prompts = new AvroDeserializer<>(registry, Topic.PROMPTS);

  @ParameterizedTest
  @EnumSource(Topic.class)
  void everyRecordIsReadBackAsItWasWritten(Topic topic) {
    SpecificRecordBase written = Examples.of(topic);

    byte[] value = new AvroSerializer<>(registry, topic).serialize(topic.topicName(), written);

    assertThat(Arrays.copyOf(value, 5)).containsExactly(0, 0, 0, 0, 1);
    assertThat(new AvroDeserializer<>(registry, topic).deserialize(topic.topicName(), value)).isEqualTo(written);
  }

  @Test
  void noValueStaysNone() {
    assertThat(prompts.deserialize(Topic.PROMPTS.topicName(), null)).isNull();
  }

  @Test
  void whatIsNotFramedIsRefused() {
    assertRefused(new byte[0], "NOT_FRAMED", "the value has 0 bytes; a framed Avro record has at least 5");
    assertRefused(new byte[] {0, 0, 0, 1}, "NOT_FRAMED", "the value has 4 bytes; a framed Avro record has at least 5");
    assertRefused(
        "{\"text\":\"tea\"}".getBytes(UTF_8),
        "NOT_FRAMED",
        "the value begins with byte 0x7b; a framed Avro record begins with 0x00 and a 4-byte schema id");
  }

  @Test
  void anUnknownSchemaIdIsRefused() {
    assertRefused(framed(77, BEFORE_TEXT), "UNKNOWN_SCHEMA_ID", "schema id 77 is not known to the schema registry");
  }

  @Test
  void aSchemaThatCannotBeReadAsOursIsRefused() {
    Schema other = SchemaBuilder.record("Other").fields().requiredLong("tenant").endRecord();
    int id = registry.register("other", other);

    assertRefused(
        framed(id, new byte[] {0}),
        "INCOMPATIBLE_SCHEMA",
        "schema id %d is Other, which cannot be read as dev.penstock.schemas.PromptRequested".formatted(id));
  }

  @Test
  void everyCutIsRefused() {
    byte[] whole = serialized();
    for (int length = 5; length < whole.length; length++)
      assertRefused(
          Arrays.copyOf(whole, length),
          "UNREADABLE_AVRO",
          "the bytes after the schema id are not a complete PromptRequested of schema id 1");
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] whole = serialized();
    assertRefused(
        Arrays.copyOf(whole, whole.length + 1),
        "UNREADABLE_AVRO",
        "there are bytes after the end of the PromptRequested");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 20, Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void aHostileLengthAllocatesNothing(long length) throws IOException {
    int id = registry.register(Topic.PROMPTS.subject(), Topic.PROMPTS.valueSchema());
    Map<String, byte[]> hostile = new HashMap<>();
    hostile.put("text", join(BEFORE_TEXT, new byte[] {2}, varint(length)));
    hostile.put("messages", join(BEFORE_TEXT, new byte[] {0, 2}, varint(length)));
    hostile.put("messages as a sized block", join(BEFORE_TEXT, new byte[] {0, 2}, varint(-length), varint(4)));
    hostile.put("variables", join(BEFORE_TEXT, new byte[] {0, 0, 0}, varint(length)));
    hostile.put("name of a variable", join(BEFORE_TEXT, new byte[] {0, 0, 0, 2}, varint(length)));

    hostile.forEach(
        (field, body) -> {
          byte[] value = framed(id, Arrays.copyOf(body, body.length + 64));
          long allocated =
              allocatedBy(
                  () ->
                      assertThatThrownBy(() -> prompts.deserialize(value))
                          .as(field)
                          .isInstanceOf(FramingException.class));
          assertThat(allocated).as(field).isLessThan(1 << 20);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'record', 'name': 'Tree', 'fields': [{'name': 'inner', 'type': ['null', 'Tree']}]}",
        "{'type': 'array', 'items': 'null'}",
        "{'type': 'map', 'values': {'type': 'array', 'items': {'type': 'record', 'name': 'No', 'fields': []}}}"
      })
  void aSchemaWhoseBytesCouldAskForEndlessWorkIsRefused(String type) throws IOException {
    int id = registry.register("endless", promptAnd(type));

    assertRefused(
        framed(id, join(serializedBody(), varint(Long.MAX_VALUE))),
        "INCOMPATIBLE_SCHEMA",
        "schema id %d has a type that holds itself, or an array whose elements take no bytes; neither is allowed, for a few bytes could ask for endless work"
            .formatted(id));
  }

  @Test
  void aTypeThatIsThereTwiceButNotInsideItselfIsRead() throws IOException {
    String pair =
        "{'type': 'record', 'name': 'Pair', 'fields': [{'name': 'a', 'type': {'type': 'record', 'name': 'One', 'fields': [{'name': 'n', 'type': 'int'}]}}, {'name': 'b', 'type': {'type': 'array', 'items': 'One'}}]}";
    int id = registry.register("pair", promptAnd(pair));

    assertThat(prompts.deserialize(framed(id, join(serializedBody(), new byte[] {2, 2, 4, 0}))))
        .isEqualTo(Examples.prompt());
  }

  /// A stranger's version of our record, with one field more.
  private static Schema promptAnd(String type) {
    String ours = Topic.PROMPTS.valueSchema().toString();
    String field = ",{'name': 'more', 'type': %s}]}".formatted(type).replace('\'', '"');
    return new Schema.Parser().parse(ours.substring(0, ours.length() - 2) + field);
  }

  private byte[] serializedBody() {
    byte[] whole = serialized();
    return Arrays.copyOfRange(whole, 5, whole.length);
  }

  @Test
  void damagedBytesAreReadOrRefusedAndNothingElse() {
    long seed = 42;
    Random random = new Random(seed);
    byte[] whole = serialized();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--)
        damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt();
      try {
        prompts.deserialize(damaged);
      } catch (FramingException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("draw %d of seed %d".formatted(i, seed), e);
      }
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }

  private byte[] serialized() {
    return new AvroSerializer<PromptRequested>(registry, Topic.PROMPTS).serialize(Examples.prompt());
  }

  private void assertRefused(byte[] value, String reason, String sentence) {
    assertThatThrownBy(() -> prompts.deserialize(value))
        .as("%d bytes", value.length)
        .isInstanceOfSatisfying(FramingException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(sentence);
  }

  private static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private static byte[] varint(long value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoder.writeLong(value);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }

  private static long allocatedBy(Runnable action) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    action.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
