package dev.penstock.generators.text.entities;

import java.util.ArrayList;
import java.util.List;

/// A stretch of a text's tokens that one run sees. Windows overlap, and a token is labelled by the window in which it is
/// farther from an edge.
///
/// @param start first token of the window
/// @param end the token after its last
/// @param ownStart first token that this window labels
/// @param ownEnd the token after the last that it labels
public record Window(int start, int end, int ownStart, int ownEnd) {

  /// The share of a window that the next one repeats.
  private static final int OVERLAP = 4;

  /// Cuts so many tokens into windows of at most `room` tokens, at least 4; every window but a lone one is full.
  static List<Window> cut(int tokens, int room) {
    List<Window> windows = new ArrayList<>();
    int ownStart = 0;
    for (int start = 0; ; ) {
      int end = Math.min(tokens, start + room);
      int next = Math.min(start + room - room / OVERLAP, tokens - room);
      boolean last = end == tokens;
      int ownEnd = last ? tokens : (next + end) / 2;
      windows.add(new Window(start, end, ownStart, ownEnd));
      if (last) return windows;
      ownStart = ownEnd;
      start = next;
    }
  }

  int length() {
    return end - start;
  }
}
