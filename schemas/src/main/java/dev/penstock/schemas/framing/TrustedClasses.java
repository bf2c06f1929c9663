package dev.penstock.schemas.framing;

import dev.penstock.schemas.Topic;
import org.apache.avro.util.ClassSecurityValidator;

/// Tells Avro that it may instantiate our generated records, and nothing that a stranger's schema names. Serializer and
/// deserializer do so themselves; a program that builds a record before it has either calls [#declare] first.
public final class TrustedClasses {

  private static final String PACKAGE = Topic.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedClasses() {}

  /// Done once, when this class is initialised; calling it makes sure of that.
  public static void declare() {}
}
