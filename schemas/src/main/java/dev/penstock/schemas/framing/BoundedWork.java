package dev.penstock.schemas.framing;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/// Whether reading a record costs no more than its bytes: a writer's schema is a stranger's, and two of Avro's forms let
/// a few bytes ask for endless work. A type inside itself nests as deep as the bytes go on, and elements of no bytes
/// come as often as a length says.
final class BoundedWork {

  private final Set<String> around = new HashSet<>();

  private BoundedWork() {}

  /// Whether no type of `schema` holds itself and no array has elements that can take no bytes.
  static boolean isPromisedBy(Schema schema) {
    return new BoundedWork().isBounded(schema);
  }

  private boolean isBounded(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> isBoundedRecord(schema);
      case ARRAY -> isBounded(schema.getElementType()) && takesBytes(schema.getElementType());
      // A key takes a byte at least.
      case MAP -> isBounded(schema.getValueType());
      case UNION -> schema.getTypes().stream().allMatch(this::isBounded);
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> true;
    };
  }

  private boolean isBoundedRecord(Schema schema) {
    if (!around.add(schema.getFullName())) return false;
    boolean bounded = schema.getFields().stream().allMatch(field -> isBounded(field.schema()));
    around.remove(schema.getFullName());
    return bounded;
  }

  /// Of a schema without recursion.
  private static boolean takesBytes(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> false;
      case FIXED -> schema.getFixedSize() > 0;
      case RECORD -> schema.getFields().stream().anyMatch(field -> takesBytes(field.schema()));
      case ARRAY, MAP, UNION, ENUM, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
    };
  }
}
