package dev.penstock.generators.models;

/// Range checks of manifest records, with the sentence that names key, value and range.
final class Ranges {

  private Ranges() {}

  static void check(String key, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw new InvalidModelException(
          key + " is " + value + "; a whole number from " + minimum + " to " + maximum + " is allowed.");
    }
  }
}
