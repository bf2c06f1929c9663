package dev.penstock.generators.text.constraint.regex;

/// A regular expression that cannot be used. The message is a clause: what stands where, and what is allowed.
public final class RegexException extends RuntimeException {

  RegexException(int position, String clause) {
    super("at character " + (position + 1) + " " + clause);
  }
}
