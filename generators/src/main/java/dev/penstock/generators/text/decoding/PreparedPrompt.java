package dev.penstock.generators.text.decoding;

import dev.penstock.generators.text.sampling.SamplingSettings;

/// A prompt as the lane needs it. Immutable; the arrays are copied in and never handed out.
///
/// @param tokens the whole prompt, at least one token
/// @param sampling how each candidate draws
/// @param maxTokens the longest answer, at least 1
/// @param seeds one for each candidate, at least one
public record PreparedPrompt(int[] tokens, SamplingSettings sampling, int maxTokens, long[] seeds) {

  public PreparedPrompt {
    tokens = tokens.clone();
    seeds = seeds.clone();
    if (tokens.length == 0) throw new IllegalArgumentException("a prompt needs at least one token");
    if (maxTokens < 1) throw new IllegalArgumentException("maxTokens must be at least 1, is " + maxTokens);
    if (seeds.length == 0) throw new IllegalArgumentException("a prompt needs at least one candidate");
  }

  public int candidates() {
    return seeds.length;
  }

  public int promptTokens() {
    return tokens.length;
  }

  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public long[] seeds() {
    return seeds.clone();
  }
}
