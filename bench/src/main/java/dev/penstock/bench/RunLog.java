package dev.penstock.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints every single run as it ends and keeps the lines, and the pictures.
public final class RunLog {

  private final PrintStream out;
  private final List<String> lines = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();

  public RunLog(PrintStream out) {
    this.out = out;
  }

  public void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    lines.add(line);
    out.println("  " + line);
  }

  /// Keeps a piece of HTML for the page.
  public void picture(String html) {
    pictures.add(html);
  }

  public List<String> pictures() {
    return List.copyOf(pictures);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }
}
