package dev.penstock.generators.text.decoding;

/// The sizes of a decoder-only transformer that its caller must know.
///
/// @param headSize a multiple of 16, as GroupQueryAttention asks
/// @param contextLength the most positions that the graph can count
public record GraphShape(int layers, int keyValueHeads, int headSize, int contextLength, int vocabularySize) {

  public GraphShape {
    if (headSize % 16 != 0)
      throw new IllegalArgumentException("headSize is " + headSize + "; GroupQueryAttention takes multiples of 16");
  }
}
