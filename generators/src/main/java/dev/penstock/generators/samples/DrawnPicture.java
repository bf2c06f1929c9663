package dev.penstock.generators.samples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// Small pictures for models that need one.
final class DrawnPicture {

  private static final int SIDE = 72;

  private DrawnPicture() {}

  /// A red mug on a pale blue ground, with smooth edges.
  static byte[] mug() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(new Color(0xCFE3F2));
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.setColor(new Color(0xB3261E));
    pen.fillRoundRect(16, 18, 32, 40, 10, 10);
    pen.setStroke(new BasicStroke(5));
    pen.drawOval(40, 27, 17, 20);
    pen.setColor(new Color(0x7A1510));
    pen.fillOval(18, 14, 28, 9);
    pen.dispose();
    return png(image);
  }

  /// Waves of all colours.
  static byte[] waves() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) rgb = rgb << 8 | (int) Math.round(127.5 + 127.5 * Math.sin(0.0025 * (c + 2) * x * y + 2 * c));
        image.setRGB(x, y, rgb);
      }
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
