package dev.penstock.generators.text.sampling;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// Draws the tokens of one answer. Everything that decides is its own: the same logits, settings and seed give the
/// same tokens whatever is drawn beside it. One thread.
///
/// In this order: logit bias; repetition penalty over the tokens seen so far (prompt and answer; stop tokens are
/// exempt, since a chat template spells them in every prompt and an answer must be free to end); frequency and presence
/// penalty over the answer; the tokens that the answer's rule allows; temperature; then top-k, min-p, top-p, each over
/// what the one before left.
public final class Sampler {

  /// Tokens that may turn out to leave no room for the answer's end before a way out is taken.
  private static final int TRIES = 8;

  private final SamplingSettings settings;
  private final RandomStream random;
  private final SeenTokens seen;
  private final @Nullable AnswerRule rule;
  private final AnswerCounts counts = new AnswerCounts();
  private double logProbability = Double.NaN;

  /// @param seen the prompt's tokens, owned by this sampler from now on
  public Sampler(SamplingSettings settings, long seed, SeenTokens seen) {
    this(settings, seed, seen, null);
  }

  /// @param seen the prompt's tokens, owned by this sampler from now on
  /// @param rule what the answer keeps to, told of every token by this sampler; null: anything goes
  public Sampler(SamplingSettings settings, long seed, SeenTokens seen, @Nullable AnswerRule rule) {
    this.settings = settings;
    this.random = new RandomStream(seed);
    this.seen = seen;
    this.rule = rule;
  }

  /// Draws the next token and remembers it.
  ///
  /// @param logits float32, the row `[vocabulary]` starts at `offset`; not changed
  /// @param weights memory that may be shared with other samplers of the same thread
  /// @throws ArithmeticException if a logit is not a number
  public int next(FloatBuffer logits, int offset, TokenWeights weights) {
    if (rule != null && !settings.logProbabilities() && rule.allowed().count() == 1) return remember(rule.allowed().first());
    weights.load(logits, offset);
    double normaliser = settings.logProbabilities() ? weights.logNormaliser() : Double.NaN;
    shift(weights);
    int token = rule == null ? choose(weights) : chooseAllowed(rule, weights);
    logProbability = logits.get(offset + token) - normaliser;
    return remember(token);
  }

  private int choose(TokenWeights weights) {
    return settings.isGreedy() ? weights.mostLikely() : draw(weights);
  }

  private int chooseAllowed(AnswerRule rule, TokenWeights weights) {
    AllowedTokens allowed = rule.allowed();
    if (allowed.count() == 1) return allowed.first();
    double urge = rule.urgeToClose();
    if (urge > 0) for (int token : rule.closers()) weights.add(token, (float) urge);
    weights.keepOnly(allowed);
    for (int tries = Math.min(TRIES, allowed.count()); tries > 0; tries--) {
      int token = choose(weights);
      if (rule.leavesRoom(token)) return token;
      weights.exclude(token);
    }
    return rule.wayOut();
  }

  private int remember(int token) {
    if (rule != null) rule.accept(token);
    if (rule != null && rule.isPunctuation(token)) return token;
    if (settings.penalties().repetition() != 1) seen.add(token);
    if (settings.penalties().countsAnswer()) counts.add(token);
    return token;
  }

  /// The natural logarithm of the probability that the model itself gave to the token drawn last: softmax of the
  /// logits as they came, before bias, penalties and temperature. Not a number unless the settings ask for it.
  public double logProbability() {
    return logProbability;
  }

  /// Bias and penalties.
  private void shift(TokenWeights weights) {
    settings.bias().biases().forEach((token, bias) -> weights.add(token, bias.floatValue()));
    Penalties penalties = settings.penalties();
    if (penalties.repetition() != 1) seen.forEach(token -> weights.penalise(token, (float) penalties.repetition()));
    counts.forEach(
        (token, count) -> weights.add(token, (float) -(penalties.frequency() * count + penalties.presence())));
  }

  private int draw(TokenWeights weights) {
    weights.gather(settings.temperature(), settings.topK(), settings.minP());
    if (settings.topP() == 1) return weights.token(weights.at(random.nextDouble()));
    double mass = settings.topP() * weights.total();
    return mass <= 1 ? weights.top() : weights.token(drawFromNucleus(weights, mass));
  }

  /// The probability of each token in the next draw, which is not made.
  double[] probabilities(FloatBuffer logits, int offset, TokenWeights weights) {
    weights.load(logits, offset);
    shift(weights);
    weights.gather(settings.temperature(), settings.topK(), settings.minP());
    return weights.shares(settings.topP() == 1 ? Double.POSITIVE_INFINITY : settings.topP() * weights.total());
  }

  /// Draws from the nucleus, the most likely places up to and with the one at which their weight reaches `mass`,
  /// without sorting: a place belongs to it if those above it weigh less than `mass`. One that does not shows that
  /// nothing below it does either: drop all that and draw again. Exact, and on average one draw more for each time
  /// that the nucleus halves the weight.
  private int drawFromNucleus(TokenWeights weights, double mass) {
    while (true) {
      int place = weights.at(random.nextDouble());
      if (weights.above(place) < mass) return place;
      weights.dropFrom(place);
    }
  }
}
