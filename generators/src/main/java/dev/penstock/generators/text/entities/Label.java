package dev.penstock.generators.text.entities;

/// What a token can be.
///
/// @param type `O` for nothing
/// @param begins whether it begins an entity even beside one of its type
record Label(String type, boolean begins) {

  private static final String OUTSIDE = "O";

  static Label of(String word) {
    boolean marked = word.startsWith("B-") || word.startsWith("I-");
    return new Label(marked ? word.substring(2) : word, word.startsWith("B-"));
  }

  boolean isOutside() {
    return type.equals(OUTSIDE);
  }

  /// Whether a token of this label belongs to an entity that began with `first`.
  boolean continues(Label first) {
    return type.equals(first.type) && !begins;
  }
}
