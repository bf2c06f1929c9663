package dev.penstock.generators.text.sampling;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is added to the logits of single tokens before anything else: 100 all but forces a token, -100 all but
/// forbids it (OpenAI API reference, `logit_bias`).
///
/// @param biases token id to what is added, -100 to 100; at most [#MAX_TOKENS]
public record LogitBias(SortedMap<Integer, Double> biases) {

  /// The most tokens in one request.
  public static final int MAX_TOKENS = 300;

  /// The largest bias, up or down.
  public static final double MAX_BIAS = 100;

  public static final LogitBias NONE = new LogitBias(new TreeMap<>());

  public LogitBias {
    biases = Collections.unmodifiableSortedMap(new TreeMap<>(biases));
    if (biases.size() > MAX_TOKENS)
      throw new IllegalArgumentException(
          "an object of " + biases.size() + " tokens; at most " + MAX_TOKENS + " are allowed");
    for (double bias : biases.values())
      if (!(Math.abs(bias) <= MAX_BIAS))
        throw new IllegalArgumentException("an object with the value " + bias + "; -100 to 100 is allowed");
  }
}
