package dev.penstock.generators.text.sampling;

import java.nio.FloatBuffer;

/// Draws the tokens of one answer. Everything that decides is its own: the same logits, settings and seed give the
/// same tokens whatever is drawn beside it. One thread.
///
/// In this order: repetition penalty over the tokens seen so far (prompt and answer; stop tokens are exempt, since
/// a chat template spells them in every prompt and an answer must be free to end), temperature, top-k, min-p,
/// top-p, each over what the one before left.
public final class Sampler {

  private final SamplingSettings settings;
  private final RandomStream random;
  private final SeenTokens seen;

  /// @param seen the prompt's tokens, owned by this sampler from now on
  public Sampler(SamplingSettings settings, long seed, SeenTokens seen) {
    this.settings = settings;
    this.random = new RandomStream(seed);
    this.seen = seen;
  }

  /// Draws the next token and remembers it.
  ///
  /// @param logits float32, the row `[vocabulary]` starts at `offset`; not changed
  /// @param weights memory that may be shared with other samplers of the same thread
  /// @throws ArithmeticException if a logit is not a number
  public int next(FloatBuffer logits, int offset, TokenWeights weights) {
    weights.load(logits, offset);
    if (settings.repetitionPenalty() != 1)
      seen.forEach(token -> weights.penalise(token, (float) settings.repetitionPenalty()));
    int token = settings.temperature() == 0 || settings.topK() == 1 ? weights.mostLikely() : draw(weights);
    seen.add(token);
    return token;
  }

  private int draw(TokenWeights weights) {
    if (settings.topK() > 0) weights.keepMostLikely(settings.topK());
    weights.weigh(settings.temperature());
    if (settings.minP() > 0) weights.dropBelow(settings.minP());
    if (settings.topP() == 1) return weights.at(random.nextDouble());
    return drawFromNucleus(weights, settings.topP() * weights.total());
  }

  /// Draws from the nucleus, the most likely tokens up to and with the one at which their weight reaches `mass`,
  /// without sorting: a token belongs to it if those above it weigh less than `mass`. One that does not shows that
  /// nothing below it does either: drop all that and draw again. Exact, and on average one draw more for each time
  /// that the nucleus halves the weight.
  private int drawFromNucleus(TokenWeights weights, double mass) {
    if (mass <= 1) return weights.mostLikely();
    while (true) {
      int token = weights.at(random.nextDouble());
      if (weights.above(token) < mass) return token;
      weights.dropFrom(token);
    }
  }
}
