package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/// How far one form of a model's weights is from another, measured over our own advertising briefs.
///
/// @param klDivergence    mean Kullback-Leibler divergence, in nats, of the next-token distribution from the
///                        reference's
/// @param topOneAgreement share of positions, 0 to 1, at which both find the same token most likely
/// @param positions       positions that were compared
public record Calibration(double klDivergence, double topOneAgreement, int positions) {

  /// A form that holds the file's own weights in float32 is what others are measured against.
  public static final Calibration EXACT = new Calibration(0, 1, 0);

  private static final String TEXT = "calibration.txt";
  private static final int LONGEST = 48;

  /// Told how many positions were compared.
  @FunctionalInterface
  interface Watcher {
    void at(int done, int total);
  }

  /// Rows of token ids, all of the same length: the briefs of the calibration text, each cut to the shortest one and
  /// to at most 48 tokens. An id beyond the vocabulary, which a tokenizer larger than its model gives, wraps around.
  ///
  /// @param bos text put before each brief; may be empty
  static int[][] tokens(Path tokenizerJson, String bos, int vocabularySize) throws IOException {
    try (InputStream text = Objects.requireNonNull(Calibration.class.getResourceAsStream(TEXT), TEXT);
        Tokenizer tokenizer = Tokenizer.open(tokenizerJson)) {
      int[][] briefs = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip().lines()
          .filter(line -> !line.isBlank()).map(line -> tokenizer.encode(bos + line)).toArray(int[][]::new);
      int length = Arrays.stream(briefs).mapToInt(brief -> brief.length).min().orElseThrow();
      return Arrays.stream(briefs).map(brief -> Arrays.stream(brief).limit(Math.min(length, LONGEST))
          .map(token -> token % vocabularySize).toArray()).toArray(int[][]::new);
    }
  }

  /// Runs both graphs over the same tokens, one position of all rows at a time, and compares the distributions.
  static Calibration measure(
      Path reference, Path written, LanguageModelSection shape, int[][] tokens, Watcher watcher) {
    int positions = Math.min(tokens[0].length, shape.contextLength());
    var sum = new Sum();
    try (var expected = NextTokens.open(reference, shape, tokens.length, positions);
        var found = NextTokens.open(written, shape, tokens.length, positions)) {
      for (int position = 0; position < positions; position++) {
        int at = position;
        watcher.at(position, positions);
        int[] column = Arrays.stream(tokens).mapToInt(row -> row[at]).toArray();
        FloatBuffer expectedLogits = expected.step(position, column);
        FloatBuffer foundLogits = found.step(position, column);
        for (int row = 0; row < tokens.length; row++) {
          sum.add(row(expectedLogits, row, shape), row(foundLogits, row, shape));
        }
      }
    }
    return new Calibration(sum.divergence / sum.count, (double) sum.agreed / sum.count, sum.count);
  }

  private static float[] row(FloatBuffer logits, int row, LanguageModelSection shape) {
    float[] values = new float[shape.vocabularySize()];
    logits.get(row * values.length, values);
    return values;
  }

  private static final class Sum {
    private double divergence;
    private int agreed;
    private int count;

    private void add(float[] expected, float[] found) {
      divergence += divergence(expected, found);
      agreed += largest(expected) == largest(found) ? 1 : 0;
      count++;
    }
  }

  /// `Σ p (ln p - ln q)` of the softmax distributions p and q of two rows of logits.
  public static double divergence(float[] expected, float[] found) {
    double expectedNormalizer = logSumExp(expected);
    double foundNormalizer = logSumExp(found);
    double divergence = 0;
    for (int i = 0; i < expected.length; i++) {
      double logP = expected[i] - expectedNormalizer;
      divergence += Math.exp(logP) * (logP - (found[i] - foundNormalizer));
    }
    return divergence;
  }

  private static double logSumExp(float[] logits) {
    double largest = logits[largest(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}
