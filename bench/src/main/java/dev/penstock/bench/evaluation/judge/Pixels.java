package dev.penstock.bench.evaluation.judge;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// A square picture of 8 bits a channel.
///
/// @param values `[side * side * channels]`, 0..255, rows from the top, channels together
public record Pixels(int side, int channels, int[] values) {

  public Pixels {
    if (values.length != side * side * channels)
      throw new IllegalArgumentException(values.length + " values for " + side + "x" + side + "x" + channels);
  }

  /// A decoded PNG or JPEG.
  ///
  /// @throws IOException if it is no picture, not square, or has other channels
  public static Pixels decode(byte[] encoded, int channels) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
    if (image == null) throw new IOException("the content is no picture that can be read");
    if (image.getWidth() != image.getHeight())
      throw new IOException("the picture is " + image.getWidth() + "x" + image.getHeight() + "; the judge takes square ones");
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int side = image.getWidth();
    if (bands < channels) throw new IOException("the picture has " + bands + " channels; the judge takes " + channels);
    int[] all = raster.getPixels(0, 0, side, side, (int[]) null);
    int[] values = new int[side * side * channels];
    for (int i = 0; i < side * side; i++) {
      for (int c = 0; c < channels; c++) values[i * channels + c] = all[i * bands + c];
    }
    return new Pixels(side, channels, values);
  }

  static Pixels of(double[] stored, int side, int channels) {
    int[] values = new int[stored.length];
    for (int i = 0; i < values.length; i++) values[i] = (int) stored[i];
    return new Pixels(side, channels, values);
  }

  /// The picture with every pixel repeated, or the means of squares of pixels, so that it has another side.
  ///
  /// @throws IllegalArgumentException if neither side divides the other
  public Pixels withSide(int other) {
    if (other == side) return this;
    if (other % side == 0) {
      int times = other / side;
      int[] larger = new int[other * other * channels];
      for (int y = 0; y < other; y++) for (int x = 0; x < other; x++) for (int c = 0; c < channels; c++)
        larger[(y * other + x) * channels + c] = at(x / times, y / times, c);
      return new Pixels(other, channels, larger);
    }
    if (side % other != 0) throw new IllegalArgumentException("a picture of " + side + " pixels cannot be made one of " + other);
    int times = side / other;
    int[] smaller = new int[other * other * channels];
    for (int y = 0; y < other; y++) for (int x = 0; x < other; x++) for (int c = 0; c < channels; c++) {
      int sum = 0;
      for (int i = 0; i < times * times; i++) sum += at(x * times + i % times, y * times + i / times, c);
      smaller[(y * other + x) * channels + c] = Math.round((float) sum / (times * times));
    }
    return new Pixels(other, channels, smaller);
  }

  int at(int x, int y, int channel) {
    return values[(y * side + x) * channels + channel];
  }

  /// For showing.
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int r = values[i * channels];
      int g = values[i * channels + (channels == 3 ? 1 : 0)];
      int b = values[i * channels + (channels == 3 ? 2 : 0)];
      image.setRGB(i % side, i / side, r << 16 | g << 8 | b);
    }
    return image;
  }
}
