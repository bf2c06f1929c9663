package dev.penstock.standalone.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.standalone.registry.RegistryRecord.LevelSet;
import dev.penstock.standalone.registry.RegistryRecord.SchemaVersion;
import dev.penstock.standalone.registry.RegistryRecord.SubjectDeleted;
import dev.penstock.standalone.registry.RegistryRecord.VersionRemoved;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The `_schemas` topic has the layout that Confluent's registry, Karapace and Redpanda read and write, keys byte
/// for byte (as their documentation and tools print them).
class RecordFormatTest {

  @Test
  void writesASchemaVersionAsConfluentDoes() {
    RecordFormat.Bytes bytes = RecordFormat.write(new SchemaVersion("Kafka-key", 1, 7, "\"string\"", false));

    assertThat(new String(bytes.key(), UTF_8))
        .isEqualTo("{\"keytype\":\"SCHEMA\",\"subject\":\"Kafka-key\",\"version\":1,\"magic\":1}");
    assertThat(new String(bytes.value(), UTF_8))
        .isEqualTo(
            "{\"subject\":\"Kafka-key\",\"version\":1,\"id\":7,\"schema\":\"\\\"string\\\"\",\"deleted\":false}");
  }

  @Test
  void writesALevelAsConfluentDoes() {
    assertThat(new String(RecordFormat.write(null, CompatibilityLevel.FULL).key(), UTF_8))
        .isEqualTo("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}");
    assertThat(new String(RecordFormat.write("s", CompatibilityLevel.FULL).value(), UTF_8))
        .isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    SchemaVersion version = new SchemaVersion("s", 2, 3, "\"long\"", true);
    RecordFormat.Bytes schema = RecordFormat.write(version);
    RecordFormat.Bytes level = RecordFormat.write(null, CompatibilityLevel.NONE);

    assertThat(RecordFormat.read(schema.key(), schema.value())).isEqualTo(version);
    assertThat(RecordFormat.read(level.key(), level.value())).isEqualTo(new LevelSet(null, CompatibilityLevel.NONE));
  }

  @Test
  void readsDeletionsOfAnotherRegistry() throws IOException {
    assertThat(read("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":4,\"magic\":1}", null))
        .isEqualTo(new VersionRemoved("s", 4));
    assertThat(read("{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0}", "{\"subject\":\"s\",\"version\":2}"))
        .isEqualTo(new SubjectDeleted("s", 2));
    assertThat(read("{\"keytype\":\"CONFIG\",\"subject\":\"s\",\"magic\":0}", null)).isEqualTo(new LevelSet("s", null));
  }

  @Test
  void passesOverRecordsWithoutMeaningHere() throws IOException {
    assertThat(read("{\"keytype\":\"NOOP\",\"magic\":0}", null)).isNull();
    assertThat(read("{\"keytype\":\"MODE\",\"subject\":null,\"magic\":0}", "{\"mode\":\"READWRITE\"}")).isNull();
  }

  private static @Nullable RegistryRecord read(String key, @Nullable String value) throws IOException {
    return RecordFormat.read(key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }
}
