package dev.penstock.generators.text;

/// Sentences as directions: texts of like meaning have a cosine near 1.
public interface TextEmbedder {

  /// Embeds one text alone, so that the result never depends on what else is embedded.
  ///
  /// @return float32 `[dimensions()]`, length 1; owned by the caller
  float[] embed(String text);

  /// The vectors of a text's first word pieces and of its last token, alone as for [#embed].
  ///
  /// @param most how many at most, at least 2
  TokenVectors tokens(String text, int most);

  int dimensions();

  /// The cosine of two embeddings of length 1.
  static double cosine(float[] a, float[] b) {
    if (a.length != b.length)
      throw new IllegalArgumentException("embeddings of " + a.length + " and " + b.length + " dimensions");
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
    return sum;
  }
}
