package dev.penstock.generators.text.sampling;

import java.nio.FloatBuffer;
import java.util.Arrays;

/// One row of logits on its way to a token: the memory that all rows of a lane share, one after another, and the
/// loops over the whole vocabulary. Plain additions and multiplications in a fixed order, so that the result is
/// the same on every machine. One thread.
///
/// Logits stay as they were loaded and shifted. [#gather] picks those that can be drawn at all, mostly some hundred of
/// tens of thousands, as *places* in the order of ids; everything after it is about places.
public final class TokenWeights {

  /// A token this many natural logarithms below the most likely one weighs nothing: 7e-13 of it, so that 100,000 of
  /// them change no probability by 1e-7.
  private static final double FLOOR = 28;

  private static final int SQUARINGS = 9;
  private static final double FLOOR_WEIGHT = exp(FLOOR);
  private static final int BLOCK = 256;

  /// Tokens whose ids differ by a multiple of this are a group. The highest logit of every group is found by maxima of
  /// neighbours in memory, which the compiler does many at once; most groups then need no second look.
  private static final int GROUPS = 6144;

  private final float[] logits;
  private final float[] highest;
  private final int[] groups;
  private final int[] tokens;
  private final double[] weights;
  private final double[] blocks;
  private int mostLikely;
  private int size;
  private double total;

  public TokenWeights(int vocabularySize) {
    logits = new float[vocabularySize];
    tokens = new int[vocabularySize];
    weights = new double[vocabularySize];
    blocks = new double[(vocabularySize + BLOCK - 1) / BLOCK];
    highest = new float[Math.min(GROUPS, vocabularySize)];
    groups = new int[highest.length];
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

  /// Leaves only the tokens of a set: takes the others out one by one where they are few, else puts the set's back.
  void keepOnly(AllowedTokens allowed) {
    if (allowed.count() < logits.length / 4) {
      keepFew(allowed);
      return;
    }
    for (int start = 0; start < logits.length; start += 64) {
      int end = Math.min(start + 64, logits.length);
      for (long out = ~allowed.word(start >> 6); out != 0; out &= out - 1) {
        int token = start + Long.numberOfTrailingZeros(out);
        if (token < end) logits[token] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private void keepFew(AllowedTokens allowed) {
    float[] kept = new float[allowed.count()];
    int size = 0;
    for (int token = allowed.next(0); token >= 0; token = allowed.next(token + 1)) kept[size++] = logits[token];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    size = 0;
    for (int token = allowed.next(0); token >= 0; token = allowed.next(token + 1)) logits[token] = kept[size++];
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
    gather(1, 0, 0);
    return logits[mostLikely] + Math.log(total);
  }

  /// The most likely token, the lowest id among equals.
  ///
  /// @throws ArithmeticException if a logit is not a number, or none is above minus infinity
  int mostLikely() {
    System.arraycopy(logits, 0, highest, 0, highest.length);
    for (int start = highest.length; start < logits.length; start += highest.length)
      raise(start, Math.min(highest.length, logits.length - start));
    float best = Float.NEGATIVE_INFINITY;
    for (float most : highest) best = Math.max(best, most);
    if (!(best > Float.NEGATIVE_INFINITY)) throw new ArithmeticException("a logit is not a number");
    int found = logits.length;
    for (int group = 0; group < highest.length; group++)
      if (highest[group] == best) found = Math.min(found, first(group, best));
    return found;
  }

  private void raise(int start, int count) {
    for (int group = 0; group < count; group++) highest[group] = Math.max(highest[group], logits[start + group]);
  }

  private int first(int group, float logit) {
    int token = group;
    while (logits[token] != logit) token += highest.length;
    return token;
  }

  /// Notes the groups that have a logit of at least `bar`; returns how many.
  private int groupsFrom(float bar) {
    int found = 0;
    for (int group = 0; group < highest.length; group++) {
      groups[found] = group;
      found += highest[group] >= bar ? 1 : 0;
    }
    return found;
  }

  /// Picks the tokens that can be drawn and turns their logits into weights: the probability over that of the most
  /// likely token, whose weight is 1; softmax at `temperature`.
  ///
  /// @param topK how many of the most likely tokens to keep, lower ids first among equals; 0 = all
  /// @param minP the least weight that is kept
  /// @throws ArithmeticException if a logit is not a number
  void gather(double temperature, int topK, double minP) {
    mostLikely = mostLikely();
    double top = logits[mostLikely];
    double reach = minP > 0 ? Math.min(FLOOR, 1e-6 - Math.log(minP)) : FLOOR;
    float bar = Math.nextDown((float) (top - reach * temperature));
    long last = topK > 0 && topK < logits.length ? orderOfMostLikely(topK) : Long.MIN_VALUE;
    if (last == Long.MIN_VALUE) collect(bar);
    else collect(Math.max(bar, logitOf(last)), last);
    double scale = 1 / temperature;
    for (int place = 0; place < size; place++)
      weights[place] = exp(Math.min((top - weights[place]) * scale, FLOOR)) - FLOOR_WEIGHT;
    if (minP > 0) dropBelow(minP);
    sum();
    if (Double.isNaN(total)) throw new ArithmeticException("a logit is not a number");
  }

  /// Collects the tokens whose logit is at least `bar`, and that as their weight, in the order of ids; without a
  /// branch, since nothing predicts it.
  private void collect(float bar) {
    int candidates = groupsFrom(bar);
    int found = 0;
    for (int start = 0; start < logits.length; start += highest.length) {
      for (int i = 0; i < candidates && start + groups[i] < logits.length; i++) {
        float logit = logits[start + groups[i]];
        tokens[found] = start + groups[i];
        weights[found] = logit;
        found += logit >= bar ? 1 : 0;
      }
    }
    size = found;
  }

  /// Of those, the ones that do not come after the order `last`.
  private void collect(float bar, long last) {
    collect(bar);
    int kept = 0;
    for (int place = 0; place < size; place++) {
      tokens[kept] = tokens[place];
      weights[kept] = weights[place];
      kept += orderOf(tokens[place]) >= last ? 1 : 0;
    }
    size = kept;
  }

  /// The order of the `count`-th most likely token: collects twice as many, sorts, keeps the better half.
  private long orderOfMostLikely(int count) {
    long[] best = new long[2 * count];
    int held = 0;
    float bar = Float.NEGATIVE_INFINITY;
    for (int group = 0; group < highest.length; group++) {
      if (highest[group] < bar) continue;
      for (int token = group; token < logits.length; token += highest.length) {
        if (logits[token] < bar || logits[token] == Float.NEGATIVE_INFINITY) continue;
        best[held++] = orderOf(token);
        if (held < best.length) continue;
        Arrays.sort(best);
        System.arraycopy(best, count, best, 0, count);
        held = count;
        bar = logitOf(best[0]);
      }
    }
    Arrays.sort(best, 0, held);
    return held < count ? Long.MIN_VALUE : best[held - count];
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

  /// e to the power of -x for x in `[0, 28]`, to 1e-11 of its value: the Taylor polynomial of degree 6 at x/512,
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

  /// Drops the places that weigh less than `least`.
  private void dropBelow(double least) {
    int kept = 0;
    for (int place = 0; place < size; place++) {
      tokens[kept] = tokens[place];
      weights[kept] = weights[place];
      kept += weights[place] >= least ? 1 : 0;
    }
    size = kept;
  }

  /// The weight of all places together.
  double total() {
    return total;
  }

  /// The most likely token of those gathered.
  int top() {
    return mostLikely;
  }

  /// The token at a place.
  int token(int place) {
    return tokens[place];
  }

  /// The place at which the weights, added up in order, pass `share` of the total; `share` in `[0, 1)`.
  int at(double share) {
    double rest = share * total;
    int block = 0;
    while ((block + 1) * BLOCK < size && rest >= blocks[block]) rest -= blocks[block++];
    int place = block * BLOCK;
    while (place < size && rest >= weights[place]) rest -= weights[place++];
    return place < size ? place : lastWithWeight();
  }

  /// Where rounding left nothing.
  private int lastWithWeight() {
    int place = size - 1;
    while (weights[place] == 0) place--;
    return place;
  }

  /// The weight of all places that are more likely than `place`; earlier equals count as more likely.
  double above(int place) {
    double bar = weights[place];
    return sumAbove(0, place, bar, true) + sumAbove(place + 1, size, bar, false);
  }

  /// Each token's share of the weight of the nucleus: of the places above which there is less than `mass`.
  double[] shares(double mass) {
    double[] shares = new double[logits.length];
    double nucleus = 0;
    for (int place = 0; place < size; place++) {
      if (above(place) < mass) shares[tokens[place]] = weights[place];
      nucleus += shares[tokens[place]];
    }
    for (int token = 0; token < shares.length; token++) shares[token] /= nucleus;
    return shares;
  }

  /// Drops `place` and all that are less likely.
  void dropFrom(int place) {
    double bar = weights[place];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      tokens[kept] = tokens[i];
      weights[kept] = weights[i];
      kept += weights[kept] > bar || weights[kept] == bar && i < place ? 1 : 0;
    }
    size = kept;
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
    for (int block = 0; block * BLOCK < size; block++) {
      blocks[block] = sum(block * BLOCK, Math.min((block + 1) * BLOCK, size));
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
