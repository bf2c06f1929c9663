package dev.penstock.generators.media.picture;

import dev.penstock.generators.media.picture.CubicConvolution.Window;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/// A picture of whole numbers, 8 bits a channel, as files and screens have them.
///
/// @param rgb `[height * width]`, `0xRRGGBB`; owned by this, not to be changed
public record Bitmap(int width, int height, int[] rgb) {

  /// More pixels than these are refused wherever a picture comes from or goes to: 33 megapixels, 8K.
  public static final long MOST_PIXELS = 7_680L * 4_320;

  public Bitmap {
    if (width < 1 || height < 1 || (long) width * height != rgb.length)
      throw new IllegalArgumentException(rgb.length + " pixels for " + width + " x " + height);
  }

  /// One colour all over.
  public static Bitmap filled(int width, int height, int colour) {
    int[] rgb = new int[width * height];
    Arrays.fill(rgb, colour);
    return new Bitmap(width, height, rgb);
  }

  /// What an image of Java2D shows, without its transparency.
  public static Bitmap of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    // Grey as it is: getRGB would convert it through a colour space.
    int[] rgb =
        image.getType() == BufferedImage.TYPE_BYTE_GRAY
            ? image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null)
            : image.getRGB(0, 0, width, height, null, 0, width);
    int grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY ? 0x010101 : 1;
    for (int i = 0; i < rgb.length; i++) rgb[i] = rgb[i] * grey & 0xFFFFFF;
    return new Bitmap(width, height, rgb);
  }

  /// A copy for Java2D.
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, width, height, rgb);
    return image;
  }

  /// The picture in another size, by [CubicConvolution].
  public Bitmap resized(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) return this;
    return shown(new Window(0, 0, width, height), newWidth, newHeight);
  }

  /// What a window shows of it, in a size.
  public Bitmap shown(Window window, int newWidth, int newHeight) {
    int[] made = new int[newWidth * newHeight];
    for (int shift = 16; shift >= 0; shift -= 8) {
      double[] plane = new double[rgb.length];
      for (int i = 0; i < plane.length; i++) plane[i] = (rgb[i] >> shift & 255) / 255.0;
      double[] resized = CubicConvolution.resize(plane, width, height, window, newWidth, newHeight);
      for (int i = 0; i < made.length; i++) made[i] |= (int) Math.round(resized[i] * 255) << shift;
    }
    return new Bitmap(newWidth, newHeight, made);
  }

  /// Mixed with another picture of the same size.
  ///
  /// @param share of the other, 0..1
  public Bitmap mixed(Bitmap other, double share) {
    if (other.width != width || other.height != height)
      throw new IllegalArgumentException("pictures of different sizes cannot be mixed");
    int[] mixed = new int[rgb.length];
    for (int i = 0; i < mixed.length; i++)
      for (int shift = 16; shift >= 0; shift -= 8) {
        int mine = rgb[i] >> shift & 255;
        mixed[i] |= (int) Math.round(mine + share * ((other.rgb[i] >> shift & 255) - mine)) << shift;
      }
    return new Bitmap(width, height, mixed);
  }
}
