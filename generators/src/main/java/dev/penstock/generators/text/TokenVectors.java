package dev.penstock.generators.text;

/// The vectors of a text's word pieces, before they are pooled to one.
///
/// @param values float32 `[tokens * dimensions]`, row by row; owned by the receiver
/// @param tokens how many there are, with the tokens around the text
/// @param cut how many more the text has
public record TokenVectors(float[] values, int tokens, int cut) {}
