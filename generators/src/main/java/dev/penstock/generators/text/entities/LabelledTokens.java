package dev.penstock.generators.text.entities;

/// What the model made of a text's tokens; owned by the receiver.
///
/// @param labels the likeliest label of each, as its place in the model's list
/// @param scores the probability of that label, 0 to 1
public record LabelledTokens(int[] labels, float[] scores) {

  LabelledTokens(int tokens) {
    this(new int[tokens], new float[tokens]);
  }
}
