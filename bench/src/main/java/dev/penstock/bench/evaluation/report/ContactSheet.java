package dev.penstock.bench.evaluation.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/// Pictures with a caption each, as they came.
///
/// @param captions one a picture; empty for none
public record ContactSheet(String title, List<String> captions, List<BufferedImage> pictures) {

  private static final int SHOWN_SIDE = 96;

  public ContactSheet {
    captions = List.copyOf(captions);
    pictures = List.copyOf(pictures);
    if (captions.size() != pictures.size()) throw new IllegalArgumentException("a caption for each picture is needed");
  }

  String html() {
    StringBuilder html = new StringBuilder("<div class=\"sheet\">");
    for (int i = 0; i < pictures.size(); i++) {
      String caption = EvaluationPage.escaped(captions.get(i));
      html.append("<figure><img width=\"").append(SHOWN_SIDE).append("\" alt=\"").append(caption)
          .append("\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(png(pictures.get(i))))
          .append("\"><figcaption>").append(caption).append("</figcaption></figure>");
    }
    return html.append("</div>").toString();
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) throw new IllegalStateException("every JDK writes PNG");
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
