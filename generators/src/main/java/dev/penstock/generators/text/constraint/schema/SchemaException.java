package dev.penstock.generators.text.constraint.schema;

/// A JSON Schema that cannot be used. The message is a clause: which place, what stands there, what is allowed.
public final class SchemaException extends RuntimeException {

  SchemaException(String pointer, String clause) {
    super((pointer.isEmpty() ? "" : "at " + pointer + " ") + clause);
  }
}
