package dev.penstock.generators.text.entities;

import dev.penstock.generators.text.TokenSpans;
import java.util.List;

/// A text, its tokens and the windows they go in, at least one.
public record PreparedText(String text, TokenSpans tokens, List<Window> windows) {

  public PreparedText {
    windows = List.copyOf(windows);
  }

  /// The ids of a window with those around it.
  int[] row(Window window) {
    int before = tokens.before().length;
    int[] row = new int[before + window.length() + tokens.after().length];
    System.arraycopy(tokens.before(), 0, row, 0, before);
    System.arraycopy(tokens.ids(), window.start(), row, before, window.length());
    System.arraycopy(tokens.after(), 0, row, before + window.length(), tokens.after().length);
    return row;
  }
}
