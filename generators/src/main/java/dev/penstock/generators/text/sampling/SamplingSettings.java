package dev.penstock.generators.text.sampling;

import java.util.Map;

/// How the next token is drawn from the model's logits.
///
/// @param temperature 0 takes the most likely token (greedy) and ignores top-k, top-p and min-p; 0..100
/// @param topK draw among this many most likely tokens; 0 = all
/// @param topP draw among the fewest tokens that together have this probability (nucleus sampling, Holtzman et al.
///     2020); 1 = all
/// @param minP draw among tokens that have at least this share of the most likely one's probability; 0 = all
/// @param logProbabilities whether the log-probabilities of the drawn tokens are wanted
public record SamplingSettings(
    double temperature, int topK, double topP, double minP, Penalties penalties, LogitBias bias,
    boolean logProbabilities) {

  public SamplingSettings {
    check(temperature >= 0 && temperature <= 100, "temperature", temperature, "0 to 100");
    check(topK >= 0, "topK", topK, "0 or more");
    check(topP >= 0 && topP <= 1, "topP", topP, "0 to 1");
    check(minP >= 0 && minP <= 1, "minP", minP, "0 to 1");
  }

  /// With the repetition penalty only, and nothing else.
  public SamplingSettings(double temperature, int topK, double topP, double minP, double repetitionPenalty) {
    this(temperature, topK, topP, minP, new Penalties(repetitionPenalty, 0, 0), LogitBias.NONE, false);
  }

  /// From a request's parameters, without a logit bias.
  public static SamplingSettings of(Map<String, Object> parameters) {
    return of(parameters, LogitBias.NONE);
  }

  /// From a request's parameters; one that the model does not declare is off, without a temperature greedy.
  ///
  /// @param bias what the request's `logitBias` says
  public static SamplingSettings of(Map<String, Object> parameters, LogitBias bias) {
    return new SamplingSettings(
        number(parameters, "temperature", 0),
        (int) number(parameters, "topK", 0),
        number(parameters, "topP", 1),
        number(parameters, "minP", 0),
        new Penalties(
            number(parameters, "repetitionPenalty", 1),
            number(parameters, "frequencyPenalty", 0),
            number(parameters, "presencePenalty", 0)),
        bias,
        parameters.get("logProbabilities") == Boolean.TRUE);
  }

  boolean isGreedy() {
    return temperature == 0 || topK == 1;
  }

  private static double number(Map<String, Object> parameters, String name, double off) {
    return parameters.get(name) instanceof Number number ? number.doubleValue() : off;
  }

  static void check(boolean fits, String name, double value, String range) {
    if (!fits) throw new IllegalArgumentException(name + " must be " + range + ", is " + value);
  }
}
