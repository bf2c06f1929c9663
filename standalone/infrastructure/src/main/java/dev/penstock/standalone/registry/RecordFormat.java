package dev.penstock.standalone.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.standalone.registry.RegistryRecord.LevelSet;
import dev.penstock.standalone.registry.RegistryRecord.SchemaVersion;
import dev.penstock.standalone.registry.RegistryRecord.SubjectDeleted;
import dev.penstock.standalone.registry.RegistryRecord.VersionRemoved;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records of the `_schemas` topic in the layout of Confluent's registry: JSON keys and values, the keys' members
/// in a fixed order, because compaction compares keys byte by byte.
final class RecordFormat {

  private static final Logger LOG = LoggerFactory.getLogger(RecordFormat.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Types that say nothing about which schema an id means.
  private static final Set<String> WITHOUT_MEANING_HERE = Set.of("NOOP", "MODE", "CLEAR_SUBJECT", "CONTEXT");

  /// Key and value as they lie in the topic.
  record Bytes(byte[] key, byte[] value) {}

  private RecordFormat() {}

  static Bytes write(SchemaVersion version) {
    ObjectNode key = JSON.createObjectNode().put("keytype", "SCHEMA").put("subject", version.subject());
    key.put("version", version.version()).put("magic", 1);
    ObjectNode value = JSON.createObjectNode().put("subject", version.subject()).put("version", version.version());
    value.put("id", version.id()).put("schema", version.schema()).put("deleted", version.deleted());
    return bytes(key, value);
  }

  /// @param subject null for the global level
  static Bytes write(@Nullable String subject, CompatibilityLevel level) {
    ObjectNode key = JSON.createObjectNode().put("keytype", "CONFIG").put("subject", subject).put("magic", 0);
    return bytes(key, JSON.createObjectNode().put("compatibilityLevel", level.name()));
  }

  private static Bytes bytes(JsonNode key, JsonNode value) {
    try {
      return new Bytes(JSON.writeValueAsBytes(key), JSON.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
  }

  /// @return null for records that do not matter here
  /// @throws IOException if the bytes are not JSON
  static @Nullable RegistryRecord read(byte[] keyBytes, byte @Nullable [] valueBytes) throws IOException {
    JsonNode key = JSON.readTree(keyBytes);
    JsonNode value = valueBytes == null ? JSON.nullNode() : JSON.readTree(valueBytes);
    String type = key.path("keytype").asText();
    return switch (type) {
      case "SCHEMA" -> schema(key, value);
      case "CONFIG" -> level(key, value);
      case "DELETE_SUBJECT" ->
          value.isNull() ? null : new SubjectDeleted(text(key, "subject"), value.path("version").asInt());
      default -> {
        if (!WITHOUT_MEANING_HERE.contains(type))
          LOG.atWarn().addKeyValue("keytype", type).log("a record of the schema topic is of an unknown type");
        yield null;
      }
    };
  }

  private static RegistryRecord schema(JsonNode key, JsonNode value) {
    String subject = text(key, "subject");
    int version = key.path("version").asInt();
    if (value.isNull()) return new VersionRemoved(subject, version);
    return new SchemaVersion(
        subject, version, value.path("id").asInt(), text(value, "schema"), value.path("deleted").asBoolean());
  }

  private static RegistryRecord level(JsonNode key, JsonNode value) {
    String subject = key.path("subject").isNull() ? null : text(key, "subject");
    return new LevelSet(subject, CompatibilityLevel.named(text(value, "compatibilityLevel")).orElse(null));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
