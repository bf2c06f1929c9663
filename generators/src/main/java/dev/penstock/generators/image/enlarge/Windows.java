package dev.penstock.generators.image.enlarge;

import java.util.ArrayList;
import java.util.List;

/// How a picture is cut into windows of one size that overlap: of each only what lies away from its inner edges is kept, so
/// that seams have context on both sides.
///
/// @param columns along the width
/// @param rows    along the height
public record Windows(List<Part> columns, List<Part> rows) {

  /// One window along one side, in pixels of the picture.
  ///
  /// @param start  where the window begins
  /// @param length of the window; may reach beyond a picture that is smaller
  /// @param from   the first pixel that is kept of it
  /// @param to     the pixel after the last
  public record Part(int start, int length, int from, int to) {}

  public Windows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// @param windowWidth  of every window, in pixels
  /// @param windowHeight of every window, in pixels
  /// @param overlap      of neighbours, less than half of either
  static Windows of(int width, int height, int windowWidth, int windowHeight, int overlap) {
    return new Windows(parts(width, windowWidth, overlap), parts(height, windowHeight, overlap));
  }

  int count() {
    return columns.size() * rows.size();
  }

  Part column(int window) {
    return columns.get(window % columns.size());
  }

  Part row(int window) {
    return rows.get(window / columns.size());
  }

  private static List<Part> parts(int side, int window, int overlap) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    while (starts.getLast() + window < side) starts.add(Math.min(starts.getLast() + window - overlap, side - window));
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < starts.size(); i++) {
      boolean last = i + 1 == starts.size();
      int to = last ? side : (starts.get(i + 1) + starts.get(i) + window) / 2;
      parts.add(new Part(starts.get(i), window, from, to));
      from = to;
    }
    return parts;
  }
}
