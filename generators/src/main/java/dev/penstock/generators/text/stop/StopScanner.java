package dev.penstock.generators.text.stop;

/// Reads an answer piece by piece and releases of it what is certain: text that is, or may yet become, a stop string is
/// held back. The string that is complete first ends the answer, of several that end together the longest; so what
/// comes out does not depend on where the pieces were cut. One thread.
///
/// A stream that publishes only what [#add] and [#finish] return never shows a part of a stop string.
public final class StopScanner {

  private final StopStrings stops;
  private final StringBuilder held = new StringBuilder();
  private boolean stopped;

  StopScanner(StopStrings stops) {
    this.stops = stops;
  }

  /// Takes the next piece of text. After a stop string everything is dropped.
  ///
  /// @return the text that certainly comes before any stop string and was not returned before; often empty
  public String add(String piece) {
    if (stops.isEmpty()) return piece;
    StringBuilder released = new StringBuilder();
    for (int i = 0; i < piece.length() && !stopped; i++) {
      held.append(piece.charAt(i));
      int stop = stops.endsAt(held);
      stopped = stop > 0;
      release(held.length() - (stopped ? stop : stops.mayBegin(held)), released);
    }
    return released.toString();
  }

  private void release(int length, StringBuilder released) {
    released.append(held, 0, length);
    held.delete(0, length);
  }

  /// Whether a stop string was met: the answer ends.
  public boolean isStopped() {
    return stopped;
  }

  /// Ends the text.
  ///
  /// @return what was held back and turned out to be no stop string
  public String finish() {
    String rest = stopped ? "" : held.toString();
    held.setLength(0);
    return rest;
  }
}
