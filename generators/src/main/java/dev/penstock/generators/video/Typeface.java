package dev.penstock.generators.video;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A font as outlines, so that words look the same on every machine, and need no fonts of the system's.
///
/// The outlines are those of Roboto (Apache-2.0): Latin, Greek and Cyrillic letters, without kerning. Immutable.
final class Typeface {

  private static final Pattern COMMAND = Pattern.compile("([MLQZ])([^MLQZ]*)");

  static final Typeface BOLD = new Typeface("roboto-bold.txt");
  static final Typeface REGULAR = new Typeface("roboto-regular.txt");

  private final Map<Integer, Glyph> glyphs = new HashMap<>();
  private final int unitsPerEm;
  private final int ascent;
  private final int descent;

  /// @param advance to the next character, in units
  private record Glyph(int advance, Path2D outline) {}

  private Typeface(String resource) {
    try (InputStream in = Typeface.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("the program lacks its resource " + resource);
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      String line = lines.readLine();
      while (line.startsWith("#")) line = lines.readLine();
      String[] measures = line.split(" ");
      ascent = Integer.parseInt(measures[1]);
      descent = Integer.parseInt(measures[3]);
      unitsPerEm = Integer.parseInt(measures[5]);
      for (line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 3);
        glyphs.put(Integer.parseInt(parts[0], 16), new Glyph(Integer.parseInt(parts[1]), outline(parts[2])));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path2D outline(String commands) {
    Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    Matcher matcher = COMMAND.matcher(commands);
    while (matcher.find()) {
      String[] words = matcher.group(2).strip().split(" ");
      double[] n = new double[words.length];
      if (!matcher.group(1).equals("Z")) for (int i = 0; i < n.length; i++) n[i] = Double.parseDouble(words[i]);
      switch (matcher.group(1)) {
        case "M" -> outline.moveTo(n[0], n[1]);
        case "L" -> outline.lineTo(n[0], n[1]);
        case "Q" -> outline.quadTo(n[0], n[1], n[2], n[3]);
        default -> outline.closePath();
      }
    }
    return outline;
  }

  /// The first character that there is no outline for.
  OptionalInt missing(String text) {
    return text.codePoints().filter(c -> !glyphs.containsKey(c)).findFirst();
  }

  /// How wide a text is in pixels.
  ///
  /// @param size pixels an em
  double width(String text, double size) {
    return text.codePoints().mapToLong(c -> glyph(c).advance).sum() * size / unitsPerEm;
  }

  /// From the top of one line to the top of the next.
  double lineHeight(double size) {
    return (ascent + descent) * size / unitsPerEm;
  }

  /// The outline of a line of text.
  ///
  /// @param x its left edge
  /// @param y the top of the line
  Path2D outline(String text, double size, double x, double y) {
    double scale = size / unitsPerEm;
    Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double at = x;
    for (int c : text.codePoints().toArray()) {
      Glyph glyph = glyph(c);
      line.append(glyph.outline.getPathIterator(new AffineTransform(scale, 0, 0, -scale, at, y + ascent * scale)), false);
      at += glyph.advance * scale;
    }
    return line;
  }

  private Glyph glyph(int character) {
    Glyph glyph = glyphs.get(character);
    if (glyph == null) throw new IllegalArgumentException("no outline for U+%04X".formatted(character));
    return glyph;
  }
}
