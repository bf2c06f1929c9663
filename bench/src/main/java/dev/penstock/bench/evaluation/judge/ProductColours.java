package dev.penstock.bench.evaluation.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The colours of a product picture by rule, without a network; the same as `models/recipes/product-pictures/measured.py`.
///
/// Background: the palette's colour nearest to the border's median. Colour of the product: of the pixels that lie within 25
/// of a palette's colour (Euclidean, 8 bits a channel) and further than 30 from the border's median, the colour that
/// most have. White counts half, for the ink of patterns is white as well, and so does the colour of a part that an object has
/// whatever the product's.
final class ProductColours {

  private static final int REACH = 25;
  private static final int APART = 30;
  private static final int BORDER_SHARE = 32;
  private static final String WHITE = "white";

  private final List<String> names;
  private final int[][] palette;
  private final Map<String, String> fixedParts;

  ProductColours(Map<String, List<Integer>> colours, Map<String, String> fixedParts) {
    this.fixedParts = fixedParts;
    names = List.copyOf(colours.keySet());
    palette = colours.values().stream().map(rgb -> rgb.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
  }

  /// @param product number of the colour in the palette's order, -1 if no pixel has one
  record Found(int product, int background) {}

  /// @param object what the picture shows
  Found in(Pixels picture, String object) {
    int[] median = borderMedian(picture);
    int background = nearest(median);
    int[] votes = new int[palette.length];
    int[] pixel = new int[3];
    for (int i = 0; i < picture.side() * picture.side(); i++) {
      System.arraycopy(picture.values(), 3 * i, pixel, 0, 3);
      int colour = nearest(pixel);
      if (colour != background && squared(pixel, palette[colour]) < REACH * REACH && squared(pixel, median) > APART * APART)
        votes[colour]++;
    }
    for (int i = 0; i < votes.length; i++) votes[i] *= weight(names.get(i), object);
    int most = 0;
    for (int i = 1; i < votes.length; i++) if (votes[i] > votes[most]) most = i;
    return new Found(votes[most] == 0 ? -1 : most, background);
  }

  /// 4 for most.
  private int weight(String colour, String object) {
    int halves = (colour.equals(WHITE) ? 1 : 0) + (colour.equals(fixedParts.get(object)) ? 1 : 0);
    return 4 >> halves;
  }

  private static int[] borderMedian(Pixels picture) {
    int side = picture.side();
    int edge = Math.max(1, side / BORDER_SHARE);
    int[] median = new int[3];
    for (int c = 0; c < 3; c++) {
      List<Integer> border = new ArrayList<>();
      for (int y = 0; y < side; y++) for (int x = 0; x < side; x++)
        if (x < edge || y < edge || x >= side - edge || y >= side - edge) border.add(picture.at(x, y, c));
      int[] sorted = border.stream().mapToInt(Integer::intValue).sorted().toArray();
      median[c] = sorted[sorted.length / 2];
    }
    return median;
  }

  private int nearest(int[] pixel) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) if (squared(pixel, palette[i]) < squared(pixel, palette[best])) best = i;
    return best;
  }

  private static int squared(int[] a, int[] b) {
    int red = a[0] - b[0];
    int green = a[1] - b[1];
    int blue = a[2] - b[2];
    return red * red + green * green + blue * blue;
  }
}
