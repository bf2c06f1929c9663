package dev.penstock.generatorstream.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cause chain in words, bounded.
final class Causes {

  private static final int MOST = 8;
  private static final int LONGEST = 1_000;

  private Causes() {}

  /// `Class: message` of each cause, outermost first.
  static List<String> of(@Nullable Throwable cause) {
    List<String> causes = new ArrayList<>();
    for (Throwable t = cause; t != null && causes.size() < MOST; t = t.getCause())
      causes.add(cut(t.getClass().getName() + ": " + t.getMessage()));
    return causes;
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
