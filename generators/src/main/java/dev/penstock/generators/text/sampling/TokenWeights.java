package dev.penstock.generators.text.sampling;

import java.nio.FloatBuffer;
import java.util.Arrays;

/// One row of logits on its way to a token: the memory that all rows of a lane share, one after another, and the
/// loops over the whole vocabulary. Plain additions and multiplications in a fixed order, so that the result is
/// the same on every machine. One thread.
public final class TokenWeights {

  /// A token this many natural logarithms below the most likely one weighs nothing (4e-18 of it).
  private static final double FLOOR = 40;

  private static final int SQUARINGS = 9;
  private static final double FLOOR_WEIGHT = exp(FLOOR);
  private static final int BLOCK = 256;

  private final float[] logits;
  private final double[] weights;
  private final double[] blocks;
  private double total;

  public TokenWeights(int vocabularySize) {
    logits = new float[vocabularySize];
    weights = new double[vocabularySize];
    blocks = new double[(vocabularySize + BLOCK - 1) / BLOCK];
  }

  /// Copies a row of float32 `[vocabularySize]` that starts at `offset`.
  void load(FloatBuffer source, int offset) {
    source.get(offset, logits);
  }

  /// Makes a token less likely: divides its logit if that is positive, else multiplies it.
  void penalise(int token, float penalty) {
    float logit = logits[token];
    logits[token] = logit > 0 ? logit / penalty : logit * penalty;
  }

  /// Leaves only the tokens of a set.
  void keepOnly(AllowedTokens allowed) {
    for (int start = 0; start < logits.length; start += 64) {
      long word = allowed.word(start >> 6);
      int end = Math.min(start + 64, logits.length);
      if (word == 0) Arrays.fill(logits, start, end, Float.NEGATIVE_INFINITY);
      else if (word != -1L)
        for (int i = start; i < end; i++) if ((word >>> i & 1) == 0) logits[i] = Float.NEGATIVE_INFINITY;
    }
  }

  /// Takes a token out.
  void exclude(int token) {
    logits[token] = Float.NEGATIVE_INFINITY;
  }

  /// Adds to a token's logit.
  void add(int token, float bias) {
    logits[token] += bias;
  }

  /// The logarithm of the sum of e to the power of each logit, to 1e-9.
  ///
  /// @throws ArithmeticException if a logit is not a number
  double logNormaliser() {
    double top = logits[mostLikely()];
    weigh(1);
    return top + Math.log(total);
  }

  /// The most likely token, the lowest id among equals.
  ///
  /// @throws ArithmeticException if no logit is a number
  int mostLikely() {
    float best = Float.NEGATIVE_INFINITY;
    int at = -1;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] > best) {
        best = logits[i];
        at = i;
      }
    }
    if (at < 0) throw new ArithmeticException("no logit is a number");
    return at;
  }

  /// Leaves only the `count` most likely tokens, lower ids first among equals.
  void keepMostLikely(int count) {
    if (count >= logits.length) return;
    long last = orderOfMostLikely(count);
    float bar = logitOf(last);
    for (int i = 0; i < logits.length; i++)
      if (logits[i] < bar || logits[i] == bar && orderOf(i) < last) logits[i] = Float.NEGATIVE_INFINITY;
  }

  /// The order of the `count`-th most likely token: collects twice as many, sorts, keeps the better half.
  private long orderOfMostLikely(int count) {
    long[] best = new long[2 * count];
    int size = 0;
    float bar = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] <= bar) continue;
      best[size++] = orderOf(i);
      if (size == best.length) {
        Arrays.sort(best);
        System.arraycopy(best, count, best, 0, count);
        size = count;
        bar = logitOf(best[0]);
      }
    }
    Arrays.sort(best, 0, size);
    return size < count ? Long.MIN_VALUE : best[size - count];
  }

  /// A number that is larger for the more likely token, and among equals for the lower id.
  private long orderOf(int token) {
    int bits = Float.floatToIntBits(logits[token] + 0f);
    return (long) (bits ^ bits >> 31 & Integer.MAX_VALUE) << 32 | ~token & 0xFFFFFFFFL;
  }

  private static float logitOf(long order) {
    int bits = (int) (order >> 32);
    return Float.intBitsToFloat(bits ^ bits >> 31 & Integer.MAX_VALUE);
  }

  /// Turns logits into weights: the probability over that of the most likely token, whose weight is 1; softmax at
  /// `temperature`.
  ///
  /// @throws ArithmeticException if a logit is not a number
  void weigh(double temperature) {
    double top = logits[mostLikely()];
    double scale = 1 / temperature;
    for (int i = 0; i < logits.length; i++)
      weights[i] = exp(Math.min((top - logits[i]) * scale, FLOOR)) - FLOOR_WEIGHT;
    sum();
    if (Double.isNaN(total)) throw new ArithmeticException("a logit is not a number");
  }

  /// e to the power of -x for x in `[0, 40]`, to 1e-11 of its value: the Taylor polynomial of degree 6 at x/512,
  /// squared nine times. No table and no branch, so that the compiler can do eight at once.
  private static double exp(double x) {
    double y = x * (1.0 / (1 << SQUARINGS));
    double e = 1 - y * (1 - y * (1.0 / 2 - y * (1.0 / 6 - y * (1.0 / 24 - y * (1.0 / 120 - y * (1.0 / 720))))));
    double e2 = e * e;
    double e4 = e2 * e2;
    double e8 = e4 * e4;
    double e16 = e8 * e8;
    double e32 = e16 * e16;
    double e64 = e32 * e32;
    double e128 = e64 * e64;
    double e256 = e128 * e128;
    return e256 * e256;
  }

  /// Drops the tokens that weigh less than `least`.
  void dropBelow(double least) {
    for (int i = 0; i < weights.length; i++) weights[i] = weights[i] < least ? 0 : weights[i];
    sum();
  }

  /// The weight of all tokens together.
  double total() {
    return total;
  }

  /// The token at which the weights, added up in the order of ids, pass `share` of the total; `share` in `[0, 1)`.
  int at(double share) {
    double rest = share * total;
    int block = 0;
    while (block < blocks.length - 1 && rest >= blocks[block]) rest -= blocks[block++];
    int end = Math.min((block + 1) * BLOCK, weights.length);
    int last = -1;
    for (int i = block * BLOCK; i < end; i++) {
      if (weights[i] == 0) continue;
      if (rest < weights[i]) return i;
      rest -= weights[i];
      last = i;
    }
    return last >= 0 ? last : lastWithWeight(block * BLOCK);
  }

  /// Where rounding left nothing in the block that was reached.
  private int lastWithWeight(int end) {
    for (int i = end - 1; i >= 0; i--) if (weights[i] > 0) return i;
    return mostLikely();
  }

  /// The weight of all tokens that are more likely than `token`; equals with a lower id count as more likely.
  double above(int token) {
    double bar = weights[token];
    return sumAbove(0, token, bar, true) + sumAbove(token + 1, weights.length, bar, false);
  }

  /// Each token's share of the weight of the nucleus: of the tokens above which there is less than `mass`.
  double[] shares(double mass) {
    double[] shares = new double[weights.length];
    double nucleus = 0;
    for (int token = 0; token < weights.length; token++) {
      if (above(token) < mass) shares[token] = weights[token];
      nucleus += shares[token];
    }
    for (int token = 0; token < weights.length; token++) shares[token] /= nucleus;
    return shares;
  }

  /// Drops `token` and all that are less likely.
  void dropFrom(int token) {
    double bar = weights[token];
    for (int i = 0; i < token; i++) weights[i] = weights[i] < bar ? 0 : weights[i];
    for (int i = token; i < weights.length; i++) weights[i] = weights[i] <= bar ? 0 : weights[i];
    sum();
  }

  private double sumAbove(int from, int to, double bar, boolean orEqual) {
    double least = orEqual ? bar : Math.nextUp(bar);
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += weights[i] >= least ? weights[i] : 0;
      b += weights[i + 1] >= least ? weights[i + 1] : 0;
      c += weights[i + 2] >= least ? weights[i + 2] : 0;
      d += weights[i + 3] >= least ? weights[i + 3] : 0;
    }
    for (; i < to; i++) a += weights[i] >= least ? weights[i] : 0;
    return a + b + (c + d);
  }

  private void sum() {
    total = 0;
    for (int block = 0; block < blocks.length; block++) {
      blocks[block] = sum(block * BLOCK, Math.min((block + 1) * BLOCK, weights.length));
      total += blocks[block];
    }
  }

  private double sum(int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += weights[i];
      b += weights[i + 1];
      c += weights[i + 2];
      d += weights[i + 3];
    }
    for (; i < to; i++) a += weights[i];
    return a + b + (c + d);
  }
}
