package dev.penstock.generators.media.picture;

import dev.penstock.generators.GenerationException.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Pictures from files that somebody else made: PNG, JPEG, GIF and BMP. The size is read and judged before a pixel is.
public final class PictureReader {

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  private PictureReader() {}

  /// Reads the picture of a parameter: base64, alone or as a data URI.
  ///
  /// @param mostPixels larger pictures are refused, at most [Bitmap#MOST_PIXELS]
  /// @throws Rejected one sentence that names the parameter
  public static Bitmap parse(String parameter, String text, long mostPixels) throws Rejected {
    String base64 = text;
    if (text.startsWith(DATA)) {
      int comma = text.indexOf(BASE64);
      if (comma < 0) throw unreadable(parameter, "a data URI without base64");
      base64 = text.substring(comma + BASE64.length());
    }
    try {
      return read("The parameter " + parameter, Base64.getMimeDecoder().decode(base64), mostPixels);
    } catch (IllegalArgumentException e) {
      throw unreadable(parameter, "not base64");
    }
  }

  /// Reads a file's bytes.
  ///
  /// @param what begins the sentence of a refusal
  public static Bitmap read(String what, byte[] file, long mostPixels) throws Rejected {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) throw unreadable(what);
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        check(what, reader.getWidth(0), reader.getHeight(0), mostPixels);
        return Bitmap.of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      // What ImageIO's readers throw at damaged files.
      throw unreadable(what);
    }
  }

  private static void check(String what, long width, long height, long mostPixels) throws Rejected {
    if (width * height <= mostPixels) return;
    throw new Rejected(
        "PICTURE_TOO_LARGE",
        what + " is a picture of " + width + " x " + height + " pixels; at most " + mostPixels + " pixels are allowed.");
  }

  private static Rejected unreadable(String parameter, String why) {
    return new Rejected(
        "NO_PICTURE", "The parameter " + parameter + " is " + why + "; a PNG, JPEG, GIF or BMP in base64 is needed.");
  }

  private static Rejected unreadable(String what) {
    return new Rejected("NO_PICTURE", what + " is no picture that can be read; PNG, JPEG, GIF and BMP can.");
  }
}
