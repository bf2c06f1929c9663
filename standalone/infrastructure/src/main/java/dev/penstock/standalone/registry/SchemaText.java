package dev.penstock.standalone.registry;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// Avro schemas as text.
final class SchemaText {

  private SchemaText() {}

  /// @throws RegistryException if the text is not an Avro schema
  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
    }
  }
}
