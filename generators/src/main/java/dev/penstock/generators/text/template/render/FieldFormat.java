package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Arguments;
import dev.penstock.generators.text.template.value.Budget;
import dev.penstock.generators.text.template.value.Texts;
import dev.penstock.generators.text.template.value.Value;
import dev.penstock.generators.text.template.value.ValueError;

/// Python's `str.format` with the fields `{}`, `{0}` and `{name}`: no attributes, conversions or format codes.
final class FieldFormat {
  private final String format;
  private final Arguments arguments;
  private final Budget budget;
  private final StringBuilder text = new StringBuilder();
  private int nextField;

  private FieldFormat(String format, Arguments arguments, Budget budget) {
    this.format = format;
    this.arguments = arguments;
    this.budget = budget;
  }

  static String fill(String format, Arguments arguments, Budget budget) {
    FieldFormat filling = new FieldFormat(format, arguments, budget);
    filling.run();
    return filling.text.toString();
  }

  private void run() {
    int at = 0;
    while (at < format.length()) {
      char character = format.charAt(at);
      boolean brace = character == '{' || character == '}';
      if (!brace || at + 1 < format.length() && format.charAt(at + 1) == character) {
        text.append(character);
        at += brace ? 2 : 1;
      } else {
        int end = character == '{' ? format.indexOf('}', at) : -1;
        if (end < 0) {
          throw ValueError.of("a brace in the text of 'format' has no partner.");
        }
        String piece = Texts.of(field(format.substring(at + 1, end)), budget);
        budget.elements(1);
        budget.characters(piece.length());
        text.append(piece);
        at = end + 1;
      }
    }
  }

  private Value field(String name) {
    if (name.chars().allMatch(digit -> digit >= '0' && digit <= '9') && name.length() < 9) {
      int index = name.isEmpty() ? nextField++ : Integer.parseInt(name);
      if (index >= arguments.positional().size()) {
        throw ValueError.of("'format' has no argument %d.".formatted(index));
      }
      return arguments.positional().get(index);
    }
    Value value = arguments.named().get(name);
    if (value == null) {
      throw ValueError.of(
          "'format' takes the fields '{}', '{0}' and '{name}', where each has its argument; one here does not.");
    }
    return value;
  }
}
