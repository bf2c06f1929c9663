package dev.penstock.generators.samples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// Pictures in rows on a grey sheet.
public final class ContactSheet {

  private static final int CELL = 144;
  private static final int GAP = 8;
  private static final Color PAPER = new Color(0xE8E8E8);

  private ContactSheet() {}

  /// @param pictures encoded in a format that every JDK reads, at least one
  /// @param columns how many stand side by side
  /// @return a PNG
  /// @throws IOException one of them cannot be read
  public static byte[] of(List<byte[]> pictures, int columns) throws IOException {
    List<BufferedImage> images = new ArrayList<>();
    for (byte[] picture : pictures) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
      if (image == null) {
        throw new IOException("a sample is no picture that can be shown on the sheet");
      }
      images.add(image);
    }
    int across = Math.min(columns, images.size());
    int rows = (images.size() + across - 1) / across;
    BufferedImage sheet = new BufferedImage(GAP + across * (CELL + GAP), GAP + rows * (CELL + GAP), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setColor(PAPER);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (int i = 0; i < images.size(); i++) {
      draw(pen, images.get(i), GAP + i % across * (CELL + GAP), GAP + i / across * (CELL + GAP));
    }
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(sheet, "png", bytes);
    return bytes.toByteArray();
  }

  private static void draw(Graphics2D pen, BufferedImage image, int x, int y) {
    double scale = Math.min((double) CELL / image.getWidth(), (double) CELL / image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    pen.drawImage(image, x + (CELL - width) / 2, y + (CELL - height) / 2, width, height, null);
  }
}
