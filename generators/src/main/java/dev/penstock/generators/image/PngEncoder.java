package dev.penstock.generators.image;

import dev.penstock.generators.media.picture.PictureFormat;
import java.awt.image.BufferedImage;

/// Pictures as PNG: 8 bits a channel, grey or RGB, no metadata, so that equal pictures are equal bytes.
public final class PngEncoder {

  public static final String MEDIA_TYPE = PictureFormat.PNG.mediaType();

  private static final int NO_QUALITY = 100;

  private PngEncoder() {}

  public static byte[] encode(Picture picture) {
    return PictureFormat.PNG.encode(raster(picture), NO_QUALITY);
  }

  /// Sets samples directly: setRGB would convert grey through a colour space.
  static BufferedImage raster(Picture picture) {
    int type = picture.planes().length == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(picture.width(), picture.height(), type);
    for (int c = 0; c < picture.planes().length; c++) {
      double[] plane = picture.planes()[c];
      int[] samples = new int[plane.length];
      for (int i = 0; i < plane.length; i++) samples[i] = (int) Math.round(plane[i] * 255);
      image.getRaster().setSamples(0, 0, picture.width(), picture.height(), c, samples);
    }
    return image;
  }
}
