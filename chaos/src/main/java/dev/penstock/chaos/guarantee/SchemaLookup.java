package dev.penstock.chaos.guarantee;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Reads framed records as any client can: the schema's id is in bytes 1 to 4, the registry has the schema.
final class SchemaLookup {

  private static final int HEADER_BYTES = 5;

  private final String registryUrl;
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  SchemaLookup(String registryUrl) {
    this.registryUrl = registryUrl;
  }

  GenericRecord read(byte[] value) {
    int id = ByteBuffer.wrap(value).getInt(1);
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
    try {
      return readers.computeIfAbsent(id, this::reader).read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GenericDatumReader<GenericRecord> reader(int id) {
    try (var answer = URI.create(registryUrl + "/schemas/ids/" + id).toURL().openStream()) {
      String schema = new ObjectMapper().readTree(answer).required("schema").asText();
      return new GenericDatumReader<>(new Schema.Parser().parse(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
