package dev.penstock.generators.media.film;

import dev.penstock.generators.media.picture.Bitmap;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// At most 256 colours that stand for all of a film's, by median cut (Heckbert, "Color image quantization for frame
/// buffer display", 1982).
final class Palette {

  private static final int COLOURS = 256;
  private static final int SAMPLES = 100_000;
  /// Colours are looked up by their upper bits.
  private static final int BITS = 5;

  private final int[] colours;
  private final byte[] nearest = new byte[1 << 3 * BITS];

  private Palette(int[] colours) {
    this.colours = colours;
    for (int cell = 0; cell < nearest.length; cell++) nearest[cell] = (byte) nearestTo(middle(cell));
  }

  /// @param frames some of the film's, at least one
  static Palette of(List<Bitmap> frames) {
    List<int[]> boxes = new ArrayList<>(List.of(samples(frames)));
    while (boxes.size() < COLOURS) {
      int widest = 0;
      for (int i = 1; i < boxes.size(); i++) if (spread(boxes.get(i)) > spread(boxes.get(widest))) widest = i;
      int[] box = boxes.get(widest);
      if (spread(box) == 0) break;
      int[] sorted = sortedBy(widestChannel(box), box);
      boxes.set(widest, Arrays.copyOfRange(sorted, 0, sorted.length / 2));
      boxes.add(Arrays.copyOfRange(sorted, sorted.length / 2, sorted.length));
    }
    return new Palette(boxes.stream().mapToInt(Palette::mean).toArray());
  }

  IndexColorModel model() {
    return new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
  }

  /// The indices of the colours nearest to a frame's.
  byte[] indices(Bitmap frame) {
    byte[] indices = new byte[frame.rgb().length];
    for (int i = 0; i < indices.length; i++) indices[i] = nearest[cell(frame.rgb()[i])];
    return indices;
  }

  private static int[] samples(List<Bitmap> frames) {
    int each = Math.max(1, SAMPLES / frames.size());
    return frames.stream()
        .flatMapToInt(frame -> {
          int stride = Math.max(1, frame.rgb().length / each);
          int[] some = new int[(frame.rgb().length + stride - 1) / stride];
          for (int i = 0; i < some.length; i++) some[i] = frame.rgb()[i * stride];
          return Arrays.stream(some);
        })
        .toArray();
  }

  private static int range(int[] box, int shift) {
    int least = 255;
    int most = 0;
    for (int colour : box) {
      least = Math.min(least, colour >> shift & 255);
      most = Math.max(most, colour >> shift & 255);
    }
    return most - least;
  }

  private static int widestChannel(int[] box) {
    int widest = 0;
    for (int shift = 8; shift <= 16; shift += 8) if (range(box, shift) > range(box, widest)) widest = shift;
    return widest;
  }

  /// How much a box is in need of being cut.
  private static long spread(int[] box) {
    return box.length < 2 ? 0 : (long) range(box, widestChannel(box)) * (64 - Integer.numberOfLeadingZeros(box.length));
  }

  /// Counting sort, so that equal colours keep their order.
  private static int[] sortedBy(int shift, int[] box) {
    int[] starts = new int[257];
    for (int colour : box) starts[(colour >> shift & 255) + 1]++;
    for (int i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
    int[] sorted = new int[box.length];
    for (int colour : box) sorted[starts[colour >> shift & 255]++] = colour;
    return sorted;
  }

  private static int mean(int[] box) {
    long[] sums = new long[3];
    for (int colour : box) for (int c = 0; c < 3; c++) sums[c] += colour >> 8 * c & 255;
    int mean = 0;
    for (int c = 0; c < 3; c++) mean |= (int) ((sums[c] + box.length / 2) / box.length) << 8 * c;
    return mean;
  }

  private static int cell(int colour) {
    int drop = 8 - BITS;
    return (colour >> 16 + drop & 31) << 2 * BITS | (colour >> 8 + drop & 31) << BITS | colour >> drop & 31;
  }

  private static int middle(int cell) {
    int drop = 8 - BITS;
    int half = 1 << drop - 1;
    return ((cell >> 2 * BITS & 31) << drop | half) << 16 | ((cell >> BITS & 31) << drop | half) << 8 | (cell & 31) << drop | half;
  }

  private int nearestTo(int colour) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      long distance = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        long d = (colours[i] >> shift & 255) - (colour >> shift & 255);
        distance += d * d;
      }
      if (distance >= least) continue;
      least = distance;
      best = i;
    }
    return best;
  }
}
