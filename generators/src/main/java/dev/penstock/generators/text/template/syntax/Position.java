package dev.penstock.generators.text.template.syntax;

/// A place in a template's source.
///
/// @param line from 1
/// @param column from 1, in UTF-16 characters
public record Position(int line, int column) {
  @Override
  public String toString() {
    return "line %d, column %d".formatted(line, column);
  }
}
