package dev.penstock.generators.image.diffusion;

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

  /// The vectors of a text's first `textTokens` word pieces.
  public static Words of(String text, int textTokens, TextEmbedder embedder) {
    TokenVectors encoded = embedder.tokens(text, textTokens);
    float[] vectors = Arrays.copyOf(encoded.values(), textTokens * embedder.dimensions());
    float[] mask = new float[textTokens];
    Arrays.fill(mask, 0, encoded.tokens(), 1);
    return new Words(vectors, mask, encoded.tokens(), encoded.cut());
  }
}
