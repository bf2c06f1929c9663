package dev.penstock.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bytes that earlier versions wrote are read today without loss, and today's bytes are those on file: nobody changes
/// what is on the wire without noticing.
class GoldenBytesTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  @ParameterizedTest
  @EnumSource(Topic.class)
  void todaysBytesAreThoseOnFile(Topic topic) throws IOException {
    int newest = new SchemaHistory(topic).versions().size();
    SpecificRecordBase example = Examples.of(topic);

    byte[] bytes = encode(new SpecificDatumWriter<>(topic.valueSchema()), example);

    new GeneratedFile(file(topic, newest)).check(hex(bytes));
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void bytesOfEveryVersionSurviveTodaysClasses(Topic topic) throws IOException {
    List<Schema> versions = new SchemaHistory(topic).versions();
    Schema today = topic.valueSchema();
    for (int version = 1; version <= versions.size(); version++) {
      Schema then = versions.get(version - 1);
      byte[] old = HexFormat.of().parseHex(Files.readString(file(topic, version)).replaceAll("\\s", ""));

      SpecificRecordBase read =
          new SpecificDatumReader<SpecificRecordBase>(then, today)
              .read(null, DecoderFactory.get().binaryDecoder(old, null));
      byte[] asToday = encode(new SpecificDatumWriter<>(today), read);
      GenericRecord back =
          new GenericDatumReader<GenericRecord>(today, then)
              .read(null, DecoderFactory.get().binaryDecoder(asToday, null));

      assertThat(encode(new GenericDatumWriter<>(then), back)).as("v%d", version).isEqualTo(old);
    }
  }

  private static Path file(Topic topic, int version) {
    return FOLDER.resolve(topic.subject() + "-v" + version + ".hex");
  }

  private static <T> byte[] encode(DatumWriter<T> writer, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    writer.write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(.{64})", "$1\n").stripTrailing() + "\n";
  }
}
