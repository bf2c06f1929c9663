package dev.penstock.generators.text.template.render;

import dev.penstock.generators.text.template.value.Budget;

/// Where statements write: the rendered text, or a text that a macro or block collects.
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;
  private final boolean collected;

  private Output(Budget budget, boolean collected) {
    this.budget = budget;
    this.collected = collected;
  }

  static Output rendered(Budget budget) {
    return new Output(budget, false);
  }

  static Output collected(Budget budget) {
    return new Output(budget, true);
  }

  void write(String part) {
    if (collected) {
      budget.characters(part.length());
    } else {
      budget.output(part.length());
    }
    text.append(part);
  }

  String text() {
    return text.toString();
  }
}
