package dev.penstock.generators.text.sampling;

import java.util.Map;

/// How the next token is drawn from the model's logits.
///
/// @param temperature 0 takes the most likely token (greedy) and ignores what follows but the penalty; 0..2
/// @param topK draw among this many most likely tokens; 0 = all
/// @param topP draw among the fewest tokens that together have this probability (nucleus sampling, Holtzman et al.
///     2020); 1 = all
/// @param minP draw among tokens that have at least this share of the most likely one's probability; 0 = all
/// @param repetitionPenalty divides positive and multiplies negative logits of tokens that were seen (Keskar et al.
///     2019, CTRL); 1 = off
public record SamplingSettings(double temperature, int topK, double topP, double minP, double repetitionPenalty) {

  public SamplingSettings {
    check(temperature >= 0 && temperature <= 100, "temperature", temperature, "0 to 100");
    check(topK >= 0, "topK", topK, "0 or more");
    check(topP >= 0 && topP <= 1, "topP", topP, "0 to 1");
    check(minP >= 0 && minP <= 1, "minP", minP, "0 to 1");
    check(repetitionPenalty >= 1 && repetitionPenalty <= 100, "repetitionPenalty", repetitionPenalty, "1 to 100");
  }

  /// From a request's parameters; one that the model does not declare is off, without a temperature greedy.
  public static SamplingSettings of(Map<String, Object> parameters) {
    return new SamplingSettings(
        number(parameters, "temperature", 0),
        (int) number(parameters, "topK", 0),
        number(parameters, "topP", 1),
        number(parameters, "minP", 0),
        number(parameters, "repetitionPenalty", 1));
  }

  private static double number(Map<String, Object> parameters, String name, double off) {
    return parameters.get(name) instanceof Number number ? number.doubleValue() : off;
  }

  private static void check(boolean fits, String name, double value, String range) {
    if (!fits) throw new IllegalArgumentException(name + " must be " + range + ", is " + value);
  }
}
