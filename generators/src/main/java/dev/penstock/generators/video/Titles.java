package dev.penstock.generators.video;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Words of a film: a title and smaller words below it, over the pictures at their foot, or in the middle of a card.
/// Drawn by Java2D from outlines, antialiased; the same on every machine.
///
/// @param background `0xRRGGBB`, of a card
record Titles(String title, @Nullable String subtitle, Place place, int background) {

  static final int BACKGROUND = 0x14202E;

  private static final int WHITE = 0xFFFFFF;
  private static final int BLACK = 0x000000;
  /// A colour is bright if black reads better on it: 0.6 of white's luma.
  private static final double BRIGHT = 0.6;
  private static final double SUBTITLE_SIZE = 0.55;
  private static final double MARGIN = 0.06;
  private static final double SMALLEST = 6;
  private static final double SCRIM = 0.72;

  /// Where the words stand.
  enum Place {
    OVER, BEFORE, AFTER;

    static Place of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// @throws Rejected if a character cannot be drawn
  static Titles of(String title, @Nullable String subtitle, Place place, int background) throws Rejected {
    check("title", Typeface.BOLD, title);
    if (subtitle != null) check("subtitle", Typeface.REGULAR, subtitle);
    return new Titles(title.strip(), subtitle == null || subtitle.isBlank() ? null : subtitle.strip(), place, background);
  }

  private static void check(String parameter, Typeface typeface, String text) throws Rejected {
    OptionalInt missing = typeface.missing(text);
    if (missing.isEmpty() && !(parameter.equals("title") && text.isBlank())) return;
    throw new Rejected(
        "INVALID_PARAMETER",
        missing.isEmpty()
            ? "The parameter title is blank; words are needed, or leave it out."
            : "The parameter %s has the character U+%04X, which cannot be drawn; Latin, Greek and Cyrillic letters, digits and usual signs can."
                .formatted(parameter, missing.getAsInt()));
  }

  private record Line(String text, Typeface typeface, double size) {
    double height() {
      return typeface.lineHeight(size);
    }
  }

  /// The words on their card.
  Bitmap card(PictureSize film) {
    BufferedImage image = Bitmap.filled(film.width(), film.height(), background).image();
    List<Line> lines = lines(film, 0.7);
    double y = (film.height() - height(lines)) / 2;
    Graphics2D graphics = graphics(image, isBright(background) ? BLACK : WHITE);
    for (Line line : lines) {
      double x = (film.width() - line.typeface.width(line.text, line.size)) / 2;
      graphics.fill(line.typeface.outline(line.text, line.size, x, y));
      y += line.height();
    }
    graphics.dispose();
    return Bitmap.of(image);
  }

  private static boolean isBright(int colour) {
    return (0.299 * (colour >> 16 & 255) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255)) / 255 > BRIGHT;
  }

  /// What lies over the pictures.
  ///
  /// @return premultiplied white and black: the upper 8 bits say how much of it there is, the lower 8 how bright it is
  int[] overlay(PictureSize film) {
    List<Line> lines = lines(film, 0.55);
    double margin = margin(film);
    double top = film.height() - margin - height(lines);
    BufferedImage words = new BufferedImage(film.width(), film.height(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = graphics(words, WHITE);
    double y = top;
    for (Line line : lines) {
      graphics.fill(line.typeface.outline(line.text, line.size, margin, y));
      y += line.height();
    }
    graphics.dispose();
    int[] white = words.getRaster().getSamples(0, 0, film.width(), film.height(), 0, (int[]) null);
    int[] overlay = new int[white.length];
    for (int i = 0; i < overlay.length; i++) {
      // A shade rises from nothing above the words to its full strength behind them.
      double shade = SCRIM * CameraMove.eased((i / film.width() - (top - 2 * margin)) / (2 * margin + height(lines) / 2));
      double bright = white[i] / 255.0;
      overlay[i] = (int) Math.round(255 * (bright + (1 - bright) * shade)) << 8 | white[i];
    }
    return overlay;
  }

  private static double margin(PictureSize film) {
    return MARGIN * Math.sqrt((double) film.width() * film.height());
  }

  private static Graphics2D graphics(BufferedImage image, int colour) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(new Color(colour));
    return graphics;
  }

  private static double height(List<Line> lines) {
    return lines.stream().mapToDouble(Line::height).sum();
  }

  /// The largest lines that fit.
  ///
  /// @param share of the film's height that they may take
  private List<Line> lines(PictureSize film, double share) {
    double room = film.width() - 2 * margin(film);
    double size = Math.min(0.1 * Math.sqrt((double) film.width() * film.height()), film.height() * share);
    while (true) {
      List<Line> lines = new ArrayList<>(wrapped(title, Typeface.BOLD, size, room));
      if (subtitle != null) lines.addAll(wrapped(subtitle, Typeface.REGULAR, size * SUBTITLE_SIZE, room));
      boolean fits = height(lines) <= share * film.height() - margin(film) / 2;
      if (fits && lines.stream().allMatch(line -> line.typeface.width(line.text, line.size) <= room)) return lines;
      if (size < SMALLEST) return lines;
      size *= 0.94;
    }
  }

  private static List<Line> wrapped(String text, Typeface typeface, double size, double room) {
    List<Line> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && typeface.width(longer, size) > room) {
        lines.add(new Line(line, typeface, size));
        longer = word;
      }
      line = longer;
    }
    lines.add(new Line(line, typeface, size));
    return lines;
  }
}
