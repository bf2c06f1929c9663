package dev.penstock.generators.text.constraint.expression;

/// An expression whose automaton would be too large. The message is a clause that says in what.
public final class TooComplexException extends RuntimeException {

  TooComplexException(String clause) {
    super(clause);
  }
}
