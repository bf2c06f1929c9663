package dev.penstock.generators.media.picture;

import dev.penstock.generators.media.picture.CubicConvolution.Window;
import java.util.Locale;

/// How a picture comes into a size of other proportions.
public enum Fit {
  /// It fills the size; what is too much is cut off, on both sides alike.
  COVER,
  /// All of it is there; the rest of the size has the background's colour.
  CONTAIN,
  /// Its proportions become those of the size.
  STRETCH;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Fit of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// @param background `0xRRGGBB`
  public Bitmap into(Bitmap picture, PictureSize size, int background) {
    double across = (double) size.width() / picture.width();
    double down = (double) size.height() / picture.height();
    return switch (this) {
      case STRETCH -> picture.resized(size.width(), size.height());
      case COVER -> {
        double width = size.width() / Math.max(across, down);
        double height = size.height() / Math.max(across, down);
        Window middle = new Window((picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
        yield picture.shown(middle, size.width(), size.height());
      }
      case CONTAIN -> {
        double scale = Math.min(across, down);
        int width = Math.clamp(Math.round(picture.width() * scale), 1, size.width());
        int height = Math.clamp(Math.round(picture.height() * scale), 1, size.height());
        yield framed(picture.resized(width, height), size, background);
      }
    };
  }

  private static Bitmap framed(Bitmap picture, PictureSize size, int background) {
    int[] rgb = Bitmap.filled(size.width(), size.height(), background).rgb();
    int left = (size.width() - picture.width()) / 2;
    int top = (size.height() - picture.height()) / 2;
    for (int y = 0; y < picture.height(); y++)
      System.arraycopy(picture.rgb(), y * picture.width(), rgb, (top + y) * size.width() + left, picture.width());
    return new Bitmap(size.width(), size.height(), rgb);
  }
}
