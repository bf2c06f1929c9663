package dev.penstock.schemas.framing;

import dev.penstock.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serializer;

/// Writes records of one topic. Threads may share one.
public final class AvroSerializer<T extends SpecificRecordBase> implements Serializer<T> {

  private final SchemaRegistry registry;
  private final Topic topic;
  private final SpecificDatumWriter<T> writer;

  static {
    TrustedClasses.declare();
  }

  public AvroSerializer(SchemaRegistry registry, Topic topic) {
    this.registry = registry;
    this.topic = topic;
    this.writer = new SpecificDatumWriter<>(topic.valueSchema());
  }

  @Override
  public byte[] serialize(String topicName, T value) {
    return serialize(value);
  }

  /// @return magic byte, schema id, Avro binary
  /// @throws RegistryUnavailableException on first use, if the registry does not answer
  public byte[] serialize(T value) {
    int id = registry.register(topic.subject(), topic.valueSchema());
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(ByteBuffer.allocate(Framing.HEADER_BYTES).put(Framing.MAGIC).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }
}
