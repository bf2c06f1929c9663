package dev.penstock.schemas.framing;

import dev.penstock.schemas.Topic;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Reads records of one topic, written with any schema that is compatible with ours. Threads may share one.
public final class AvroDeserializer<T extends SpecificRecordBase> implements Deserializer<T> {

  private final SchemaRegistry registry;
  private final Schema readerSchema;
  private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();

  /// What is wrong with schemas that are registered and not for us: an id never changes its meaning.
  private final Map<Integer, String> refused = new ConcurrentHashMap<>();

  static {
    TrustedClasses.declare();
  }

  public AvroDeserializer(SchemaRegistry registry, Topic topic) {
    this.registry = registry;
    this.readerSchema = topic.valueSchema();
  }

  @Override
  public @Nullable T deserialize(String topicName, byte @Nullable [] value) {
    return value == null ? null : deserialize(value);
  }

  /// @throws FramingException if the bytes are not a record of this topic
  /// @throws RegistryUnavailableException if the writer's schema is not cached and the registry does not answer
  public T deserialize(byte[] value) {
    int id = Framing.schemaId(value);
    SpecificDatumReader<T> reader = readers.get(id);
    if (reader == null) {
      reader = reader(id);
      readers.put(id, reader);
    }
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(value, Framing.HEADER_BYTES, value.length - Framing.HEADER_BYTES, null);
    T record = read(reader, decoder, id);
    requireEnd(decoder);
    return record;
  }

  private SpecificDatumReader<T> reader(int id) {
    String known = refused.get(id);
    if (known != null) throw new FramingException("INCOMPATIBLE_SCHEMA", known);
    Schema writerSchema = writerSchema(id);
    if (SchemaCompatibility.checkReaderWriterCompatibility(readerSchema, writerSchema).getType()
        != SchemaCompatibilityType.COMPATIBLE)
      throw refused(
          id,
          "schema id %d is %s, which cannot be read as %s"
              .formatted(id, writerSchema.getFullName(), readerSchema.getFullName()));
    if (!BoundedWork.isPromisedBy(writerSchema))
      throw refused(
          id,
          "schema id %d has a type that holds itself, or an array whose elements take no bytes; neither is allowed, for a few bytes could ask for endless work"
              .formatted(id));
    return new SpecificDatumReader<>(writerSchema, readerSchema);
  }

  private Schema writerSchema(int id) {
    try {
      return registry.byId(id);
    } catch (FramingException e) {
      if (e.isUnknownSchema()) throw e;
      throw refused(id, e.getMessage());
    }
  }

  private FramingException refused(int id, String sentence) {
    refused.put(id, sentence);
    return new FramingException("INCOMPATIBLE_SCHEMA", sentence);
  }

  private T read(SpecificDatumReader<T> reader, BinaryDecoder decoder, int id) {
    try {
      // SpecificDatumReader keeps no state between reads that threads could mix up.
      return reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      // Avro answers bad bytes with whatever the code that met them throws. None of it may reach a stream thread, which
      // would meet it for ever.
      throw new FramingException(
          "UNREADABLE_AVRO",
          "the bytes after the schema id are not a complete %s of schema id %d"
              .formatted(readerSchema.getName(), id),
          e);
    }
  }

  private void requireEnd(BinaryDecoder decoder) {
    boolean ended;
    try {
      ended = decoder.isEnd();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
    if (!ended)
      throw new FramingException(
          "UNREADABLE_AVRO", "there are bytes after the end of the %s".formatted(readerSchema.getName()));
  }
}
