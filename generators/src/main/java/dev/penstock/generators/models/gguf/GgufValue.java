package dev.penstock.generators.models.gguf;

import java.util.List;

/// A metadata value. Whole numbers of every width are [Whole]; unsigned 64-bit ones above `Long.MAX_VALUE` are
/// refused when read.
public sealed interface GgufValue {

  record Whole(long value) implements GgufValue {}

  record Real(double value) implements GgufValue {}

  record Bool(boolean value) implements GgufValue {}

  record Text(String value) implements GgufValue {}

  record Items(List<GgufValue> values) implements GgufValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// What the value is, for messages.
  default String kind() {
    return switch (this) {
      case Whole whole -> "a whole number";
      case Real real -> "a number";
      case Bool bool -> "true or false";
      case Text text -> "text";
      case Items items -> "a list";
    };
  }
}
