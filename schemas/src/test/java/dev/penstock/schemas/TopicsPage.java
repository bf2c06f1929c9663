package dev.penstock.schemas;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/// The page `docs/topics.md`: the catalogue and the fields of its records, as the code has them.
final class TopicsPage {

  private final StringBuilder page = new StringBuilder();
  private final Set<Schema> records = new LinkedHashSet<>();

  static String text() {
    return new TopicsPage().write();
  }

  private String write() {
    page.append(
        """
        # Topics

        Written from the code; `./penstock test -pl schemas -Dpenstock.regenerate=true` writes it anew.

        Values are Avro in Confluent framing: 0x00, the schema id as 4 bytes big-endian, Avro binary. The subject of a
        topic is its name and `-value`. Keys are UTF-8: the `orderKey` of the prompt if it has one, else its `promptId`.
        All topics have the same number of partitions (%d by default, never changed in place), and a record lies in
        partition murmur2(key) modulo that number, as Java's clients choose it (librdkafka:
        `partitioner=murmur2_random`). Read content, outcomes and dead letters with `isolation.level=read_committed`,
        which is not the default of Java's consumer.

        | topic | record | kept for | largest batch | purpose |
        |---|---|---|---|---|
        """
            .formatted(Topic.DEFAULT_PARTITIONS));
    for (Topic topic : Topic.values()) row(topic);
    for (Topic topic : Topic.values()) collect(topic.valueSchema());
    for (Schema schema : records) section(schema);
    return page.toString();
  }

  private void row(Topic topic) {
    page.append(
        "| `%s` | [%s](#%s) | %d days | %d KiB | %s |%n"
            .formatted(
                topic.topicName(),
                topic.valueSchema().getName(),
                topic.valueSchema().getName().toLowerCase(java.util.Locale.ROOT),
                topic.retention().toDays(),
                topic.maxMessageBytes() / 1024,
                topic.purpose()));
  }

  /// Records in the order in which a reader meets them.
  private void collect(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        if (records.add(schema)) schema.getFields().forEach(field -> collect(field.schema()));
      }
      case ARRAY -> collect(schema.getElementType());
      case MAP -> collect(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::collect);
      default -> {
        // Has no fields.
      }
    }
  }

  private void section(Schema schema) {
    page.append("\n## ").append(schema.getName()).append("\n\n");
    if (schema.getDoc() != null) page.append(schema.getDoc()).append("\n\n");
    page.append("| field | type | default | meaning |\n|---|---|---|---|\n");
    for (Schema.Field field : schema.getFields())
      page.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  field.name(), type(field.schema()), fallback(field), field.doc() == null ? "" : field.doc()));
  }

  private static String type(Schema schema) {
    if (schema.getLogicalType() != null) return schema.getLogicalType().getName();
    return switch (schema.getType()) {
      case RECORD -> schema.getName();
      case ENUM -> String.join(", ", schema.getEnumSymbols());
      case ARRAY -> "list of " + type(schema.getElementType());
      case MAP -> "map of " + type(schema.getValueType());
      case UNION -> schema.getTypes().stream().map(TopicsPage::type).collect(Collectors.joining(" or "));
      default -> schema.getType().getName();
    };
  }

  private static String fallback(Schema.Field field) {
    if (!field.hasDefaultValue()) return "must be set";
    Object value = field.defaultVal();
    return value == JsonProperties.NULL_VALUE ? "null" : "`" + value + "`";
  }
}
