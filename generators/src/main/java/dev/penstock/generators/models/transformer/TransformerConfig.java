package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.ModelImportException;

/// The sizes of a decoder-only transformer; what the graph cannot express is refused.
///
/// @param source          names the file in messages
/// @param architecture    which parts it has
/// @param layers          transformer blocks
/// @param width           floats of a hidden state
/// @param feedForward     floats inside the feed-forward part
/// @param heads           query heads
/// @param keyValueHeads   key and value heads; divides `heads`
/// @param headSize        floats a head; a multiple of 16
/// @param rotary          of the positions
/// @param epsilon         of the root-mean-square norms
/// @param trainedContext  positions that the model was trained for
/// @param vocabularySize  rows of the embedding
public record TransformerConfig(
    String source,
    Architecture architecture,
    int layers,
    int width,
    int feedForward,
    int heads,
    int keyValueHeads,
    int headSize,
    Rotary rotary,
    double epsilon,
    int trainedContext,
    int vocabularySize) {

  private static final int MAX_LAYERS = 1_000;
  private static final int MAX_WIDTH = 1 << 20;
  /// Checked by who computes the rotary frequencies, which come first.
  public static final int MAX_HEAD_SIZE = 1 << 12;

  /// @throws ModelImportException names the size that cannot be
  public TransformerConfig {
    inRange(source, "the number of layers", layers, MAX_LAYERS);
    inRange(source, "the width of the hidden state", width, MAX_WIDTH);
    inRange(source, "the width of the feed-forward part", feedForward, MAX_WIDTH);
    inRange(source, "the number of heads", heads, MAX_WIDTH);
    inRange(source, "the head size", headSize, MAX_HEAD_SIZE);
    require(source, keyValueHeads >= 1 && heads % keyValueHeads == 0,
        "the number of key/value heads is " + keyValueHeads + "; it must divide the " + heads + " heads");
    require(source, headSize % 16 == 0, "the head size is " + headSize + "; a multiple of 16 is needed");
    require(source, (long) heads * headSize <= MAX_WIDTH, heads + " heads of " + headSize + " are too many");
    require(source, rotary.frequencies().length * 2 == headSize, "rotary positions have "
        + rotary.frequencies().length + " frequencies; half of the head size, " + headSize + ", is needed");
    require(source, epsilon > 0 && epsilon < 1, "the epsilon of its norms is " + epsilon
        + "; a number between 0 and 1 is needed");
  }

  private static void inRange(String source, String what, int value, int maximum) {
    require(source, value >= 1 && value <= maximum, what + " is " + value + "; 1 to " + maximum + " is possible");
  }

  private static void require(String source, boolean holds, String problem) {
    if (!holds) {
      throw new ModelImportException(source + ": " + problem + ".");
    }
  }

  int queryWidth() {
    return heads * headSize;
  }

  int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}
