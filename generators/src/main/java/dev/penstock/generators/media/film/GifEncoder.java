package dev.penstock.generators.media.film;

import dev.penstock.generators.media.picture.Bitmap;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Animated GIF (GIF89a) that repeats for ever, with one [Palette] for all frames.
final class GifEncoder {

  private static final String FORM = "javax_imageio_gif_image_1.0";
  private static final int PALETTE_FRAMES = 8;

  private GifEncoder() {}

  static byte[] encode(Film film) {
    Palette palette = palette(film);
    IndexColorModel colours = palette.model();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < film.frames(); i++) {
        BufferedImage image = image(film.frame().apply(i), palette, colours);
        writer.writeToSequence(new IIOImage(image, null, metadata(writer, image, film, i)), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static Palette palette(Film film) {
    List<Bitmap> some = new ArrayList<>();
    int count = Math.min(film.frames(), PALETTE_FRAMES);
    for (int i = 0; i < count; i++) some.add(film.frame().apply(i * film.frames() / count));
    return Palette.of(some);
  }

  private static BufferedImage image(Bitmap frame, Palette palette, IndexColorModel colours) {
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    image.getRaster().setDataElements(0, 0, frame.width(), frame.height(), palette.indices(frame));
    return image;
  }

  private static IIOMetadata metadata(ImageWriter writer, BufferedImage image, Film film, int frame) throws IOException {
    ImageWriteParam settings = writer.getDefaultWriteParam();
    IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), settings);
    IIOMetadataNode root = new IIOMetadataNode(FORM);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(hundredths(film, frame + 1) - hundredths(film, frame)));
    control.setAttribute("transparentColorIndex", "0");
    root.appendChild(control);
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
    repeat.setAttribute("applicationID", "NETSCAPE");
    repeat.setAttribute("authenticationCode", "2.0");
    repeat.setUserObject(new byte[] {1, 0, 0});
    extensions.appendChild(repeat);
    root.appendChild(extensions);
    metadata.mergeTree(FORM, root);
    return metadata;
  }

  /// When a frame begins; GIF counts in hundredths of a second.
  private static int hundredths(Film film, int frame) {
    return Math.round(100f * frame / film.framesPerSecond());
  }
}
