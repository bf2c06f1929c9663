package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureReader;
import org.jspecify.annotations.Nullable;

/// Turns a prompt's picture into numbers; its size is bounded before any memory is taken for its pixels.
public final class PictureDecoder {

  private PictureDecoder() {}

  /// @param mostPixels the largest area, in pixels
  /// @return three planes, red, green and blue
  /// @throws Rejected it is missing, no picture, damaged, or too large
  public static Picture decode(@Nullable InputPicture picture, long mostPixels) throws Rejected {
    if (picture == null)
      throw new Rejected("PICTURE_MISSING", "This model works on a picture; send a PNG or JPEG with the prompt.");
    Bitmap bitmap = PictureReader.read("The picture", picture.bytes(), mostPixels);
    double[][] planes = new double[3][bitmap.rgb().length];
    for (int i = 0; i < bitmap.rgb().length; i++)
      for (int c = 0; c < 3; c++) planes[c][i] = (bitmap.rgb()[i] >> 16 - 8 * c & 0xFF) / 255.0;
    return new Picture(bitmap.width(), bitmap.height(), planes);
  }
}
