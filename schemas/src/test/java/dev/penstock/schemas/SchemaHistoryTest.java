package dev.penstock.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Readers and writers of all versions of a schema understand each other (FULL_TRANSITIVE), and what the code writes
/// today is the newest version on file.
class SchemaHistoryTest {

  /// A changed schema becomes the next version.
  @BeforeEach
  void addVersionsIfAsked() throws IOException {
    if (!GeneratedFile.isRegenerating()) return;
    for (Topic topic : Topic.values()) {
      SchemaHistory history = new SchemaHistory(topic);
      List<Schema> versions = history.versions();
      if (!versions.isEmpty() && versions.getLast().equals(topic.valueSchema())) continue;
      Files.createDirectories(history.file(1).getParent());
      Files.writeString(history.file(versions.size() + 1), SchemaHistory.text(topic.valueSchema()));
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void theNewestVersionOnFileIsTodaysSchema(Topic topic) throws IOException {
    SchemaHistory history = new SchemaHistory(topic);
    List<Schema> versions = history.versions();

    assertThat(versions).as("add it with: ./penstock test -pl schemas -Dpenstock.regenerate=true").isNotEmpty();
    assertThat(history.file(versions.size()))
        .as("add the next version with: ./penstock test -pl schemas -Dpenstock.regenerate=true")
        .hasContent(SchemaHistory.text(topic.valueSchema()));
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void allVersionsReadEachOther(Topic topic) {
    List<Schema> versions = new SchemaHistory(topic).versions();
    for (int reader = 0; reader < versions.size(); reader++)
      for (int writer = 0; writer < versions.size(); writer++)
        assertThat(compatibility(versions.get(reader), versions.get(writer)))
            .as("%s: v%d reads v%d", topic.subject(), reader + 1, writer + 1)
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void fieldsThatMayBeMissingHaveADefaultAndEnumsKnowTheUnknown(Topic topic) {
    for (Schema.Field field : topic.valueSchema().getFields()) {
      if (field.schema().isNullable()) assertThat(field.hasDefaultValue()).as(field.name()).isTrue();
      if (field.schema().getType() == Schema.Type.ENUM)
        assertThat(field.schema().getEnumDefault()).as(field.name()).isNotNull();
    }
  }

  @Test
  void aFieldWithoutADefaultWouldBeNoticed() {
    Schema today = Topic.PROMPTS.valueSchema();
    String text = today.toString();
    Schema next =
        new Schema.Parser()
            .parse(text.substring(0, text.length() - 2) + ",{\"name\": \"budget\", \"type\": \"long\"}]}");

    assertThat(compatibility(today, next)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    assertThat(compatibility(next, today)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }
}
