package dev.penstock.generators.media.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Files that pictures are delivered as, without metadata: equal pictures of equal quality are equal bytes.
public enum PictureFormat {
  /// Without loss; has no quality.
  PNG("image/png"),
  JPEG("image/jpeg"),
  WEBP("image/webp");

  private final String mediaType;

  PictureFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public static PictureFormat of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String mediaType() {
    return mediaType;
  }

  /// @param quality 1 to 100, more is better and larger
  public byte[] encode(Bitmap picture, int quality) {
    return encode(picture.image(), quality);
  }

  /// @param image grey or RGB of 8 bits a channel, without transparency
  /// @param quality 1 to 100
  public byte[] encode(BufferedImage image, int quality) {
    return switch (this) {
      case PNG, JPEG -> byImageIo(image, quality);
      case WEBP -> WebpEncoder.encode(Bitmap.of(image), quality);
    };
  }

  private byte[] byImageIo(BufferedImage image, int quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(word()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (this == JPEG) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality / 100f);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
