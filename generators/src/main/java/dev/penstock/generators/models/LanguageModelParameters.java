package dev.penstock.generators.models;

import dev.penstock.generators.models.ParameterSpec.BooleanParameter;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a prompt may set on a language model.
public final class LanguageModelParameters {

  private static final long LONGEST_ANSWER = 512;
  private static final int LONGEST_BIAS = 8_192;

  private LanguageModelParameters() {}

  /// What an imported model declares, with defaults for a small chat model; `docs/sampling.md` says how they were
  /// chosen.
  public static ModelParameters standard() {
    var specs = new LinkedHashMap<String, ParameterSpec>();
    specs.put("temperature", number(0, 2, 0.4, "0 takes the most likely token, more is livelier"));
    specs.put("topP", number(0, 1, 0.9, "draw among the likeliest tokens that have this probability together"));
    specs.put("topK", new IntegerParameter(0, 1000, 0L, "draw among this many likeliest tokens; 0 = off"));
    specs.put("minP", number(0, 1, 0.0, "draw among tokens with this share of the likeliest one's probability; 0 = off"));
    specs.put("repetitionPenalty", number(1, 2, 1.1, "weakens tokens that were there already; 1 = off"));
    specs.put("frequencyPenalty", number(-2, 2, 0.3, "taken off a token's logit for each time that the answer has it"));
    specs.put("maxTokens", new IntegerParameter(1, LONGEST_ANSWER, 64L, "longest answer, in tokens"));
    return new ModelParameters(specs);
  }

  /// What every language model takes, declared or not: the engine does it. Off unless a prompt sets it.
  static Map<String, ParameterSpec> common() {
    return Map.of(
        "jsonSchema", new StringParameter(List.of(), 16_384, null,
            "a JSON Schema that the answer keeps; the answer is JSON then"),
        "regex", new StringParameter(List.of(), null, "a regular expression that the whole answer matches"),
        "frequencyPenalty", number(-2, 2, null, "taken off a token's logit for each time that the answer has it"),
        "presencePenalty", number(-2, 2, null, "taken off a token's logit once if the answer has it"),
        "logitBias", new StringParameter(List.of(), LONGEST_BIAS, null,
            "a JSON object from tokens (their text, or their id in digits) to -100..100, added to their logits"),
        "stop", new StringParameter(List.of(), null,
            "ends the answer and is not part of it: a string, or a JSON array of up to 8"),
        "logProbabilities", new BooleanParameter(null, "whether to tell the log-probabilities of the answer's tokens"));
  }

  private static ParameterSpec number(
      double minimum, double maximum, @Nullable Double usual, String description) {
    return new NumberParameter(minimum, maximum, usual, description);
  }
}
