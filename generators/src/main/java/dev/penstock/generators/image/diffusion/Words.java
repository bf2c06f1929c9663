package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.text.TextEmbedder;
import dev.penstock.generators.text.TokenVectors;
import java.util.Arrays;

/// A text as the model sees it: vectors of its word pieces, zeros after them.
///
/// @param vectors float32 `[textTokens * dimensions]`, not to be changed
/// @param mask float32 `[textTokens]`, 1 for a word piece, 0 after the text; not to be changed
/// @param tokens how many word pieces there are
/// @param cut how many more the text has
public record Words(float[] vectors, float[] mask, int tokens, int cut) {

  /// Turns texts into what a model sees. Any thread.
  public interface Source extends AutoCloseable {

    Words of(String text) throws Rejected;

    /// Numbers of a word piece's vector.
    int width();

    @Override
    default void close() {}
  }

  /// For a model that sees no words.
  public static Source none() {
    return new Source() {
      @Override
      public Words of(String text) {
        return new Words(new float[0], new float[0], 0, 0);
      }

      @Override
      public int width() {
        return 0;
      }
    };
  }

  /// @param embedder not closed by it
  public static Source of(int textTokens, TextEmbedder embedder) {
    return new Source() {
      @Override
      public Words of(String text) {
        return Words.of(text, textTokens, embedder);
      }

      @Override
      public int width() {
        return embedder.dimensions();
      }
    };
  }

  /// The vectors of a text's first `textTokens` word pieces.
  public static Words of(String text, int textTokens, TextEmbedder embedder) {
    TokenVectors encoded = embedder.tokens(text, textTokens);
    float[] vectors = Arrays.copyOf(encoded.values(), textTokens * embedder.dimensions());
    float[] mask = new float[textTokens];
    Arrays.fill(mask, 0, encoded.tokens(), 1);
    return new Words(vectors, mask, encoded.tokens(), encoded.cut());
  }
}
