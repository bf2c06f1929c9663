package dev.penstock.generators.text.sampling;

/// What makes tokens that were there already less likely.
///
/// @param repetition divides positive and multiplies negative logits of tokens of prompt and answer (Keskar et al.
///     2019, CTRL); 1 to 100, 1 = off
/// @param frequency taken off a token's logit for each time that the answer has it (OpenAI API reference,
///     `frequency_penalty`); -100 to 100, 0 = off, negative makes it more likely
/// @param presence taken off once if the answer has the token at all (`presence_penalty`); as above
public record Penalties(double repetition, double frequency, double presence) {

  public static final Penalties NONE = new Penalties(1, 0, 0);

  public Penalties {
    SamplingSettings.check(repetition >= 1 && repetition <= 100, "repetitionPenalty", repetition, "1 to 100");
    SamplingSettings.check(Math.abs(frequency) <= 100, "frequencyPenalty", frequency, "-100 to 100");
    SamplingSettings.check(Math.abs(presence) <= 100, "presencePenalty", presence, "-100 to 100");
  }

  boolean countsAnswer() {
    return frequency != 0 || presence != 0;
  }
}
