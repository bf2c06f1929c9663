package dev.penstock.generators.text.decoding;

/// The sizes of a decoder-only transformer that its caller must know.
///
/// @param headSize a multiple of 16 for a graph whose cache is written in place, as GroupQueryAttention asks
/// @param contextLength the most positions that the graph can count
public record GraphShape(int layers, int keyValueHeads, int headSize, int contextLength, int vocabularySize) {}
