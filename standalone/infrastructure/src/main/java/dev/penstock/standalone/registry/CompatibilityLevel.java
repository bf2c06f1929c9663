package dev.penstock.standalone.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/// What a subject's new schema owes to its earlier ones; names and meaning are Confluent's.
public enum CompatibilityLevel {
  NONE(false, false, false),
  /// Readers with the new schema read data of the last one.
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  /// Readers with the last schema read data of the new one.
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOldData;
  private final boolean isReadByOld;
  private final boolean transitive;

  CompatibilityLevel(boolean readsOldData, boolean isReadByOld, boolean transitive) {
    this.readsOldData = readsOldData;
    this.isReadByOld = isReadByOld;
    this.transitive = transitive;
  }

  static Optional<CompatibilityLevel> named(String name) {
    return Arrays.stream(values()).filter(level -> level.name().equals(name)).findFirst();
  }

  /// @param earlier oldest first
  /// @return what is wrong, a sentence each; empty if the schema may be registered
  List<String> objections(Schema proposed, List<Schema> earlier) {
    List<Schema> judged = transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
    List<String> objections = new ArrayList<>();
    for (Schema old : judged) {
      if (readsOldData) objections.addAll(cannotRead(proposed, old, "the new schema cannot read data of an earlier one"));
      if (isReadByOld) objections.addAll(cannotRead(old, proposed, "an earlier schema cannot read data of the new one"));
    }
    return objections;
  }

  private static List<String> cannotRead(Schema reader, Schema writer, String sentence) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) return List.of();
    return result.getIncompatibilities().stream()
        .map(found -> "%s: %s at %s (%s)".formatted(sentence, found.getType(), found.getLocation(), found.getMessage()))
        .toList();
  }
}
