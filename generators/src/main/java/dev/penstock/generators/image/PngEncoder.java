package dev.penstock.generators.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Pictures as PNG: 8 bits a channel, grey or RGB, no metadata, so that equal pictures are equal bytes.
public final class PngEncoder {

  public static final String MEDIA_TYPE = "image/png";

  private PngEncoder() {}

  public static byte[] encode(Picture picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(raster(picture), "png", out)) throw new IllegalStateException("every JDK writes PNG");
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /// Sets samples directly: setRGB would convert grey through a colour space.
  private static BufferedImage raster(Picture picture) {
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
