package dev.penstock.generators.media.picture;

import dev.penstock.generators.GenerationException.Rejected;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes that pictures and films are delivered in: named ones, or any within bounds.
///
/// The names of the fixed sizes are those of IAB's "Display and mobile advertising guidelines" (2015; the sizes live on
/// in the "New ad portfolio", 2017); square, portrait, story and cover are what social networks show.
///
/// @param width in pixels, [#SHORTEST] to [#LONGEST]
/// @param height likewise
public record PictureSize(int width, int height) {

  public static final int SHORTEST = 16;
  public static final int LONGEST = 4_096;

  private static final Pattern BY = Pattern.compile("(\\d{1,6})[xX×](\\d{1,6})");
  private static final Map<String, PictureSize> NAMED = named();

  private static Map<String, PictureSize> named() {
    Map<String, PictureSize> named = new LinkedHashMap<>();
    named.put("leaderboard", new PictureSize(728, 90));
    named.put("large-leaderboard", new PictureSize(970, 90));
    named.put("billboard", new PictureSize(970, 250));
    named.put("medium-rectangle", new PictureSize(300, 250));
    named.put("large-rectangle", new PictureSize(336, 280));
    named.put("half-page", new PictureSize(300, 600));
    named.put("wide-skyscraper", new PictureSize(160, 600));
    named.put("skyscraper", new PictureSize(120, 600));
    named.put("portrait-banner", new PictureSize(300, 1050));
    named.put("mobile-banner", new PictureSize(320, 50));
    named.put("large-mobile-banner", new PictureSize(320, 100));
    named.put("mobile-interstitial", new PictureSize(320, 480));
    named.put("square", new PictureSize(1080, 1080));
    named.put("portrait", new PictureSize(1080, 1350));
    named.put("story", new PictureSize(1080, 1920));
    named.put("cover", new PictureSize(1200, 628));
    named.put("full-hd", new PictureSize(1920, 1080));
    return Map.copyOf(named);
  }

  public PictureSize {
    if (Math.min(width, height) < SHORTEST || Math.max(width, height) > LONGEST)
      throw new IllegalArgumentException(width + "x" + height + ": " + SHORTEST + " to " + LONGEST + " a side");
  }

  /// Reads a name, or width and height as in `728x90`.
  ///
  /// @param parameter what the prompt calls it
  public static PictureSize parse(String parameter, String text) throws Rejected {
    PictureSize named = NAMED.get(text);
    if (named != null) return named;
    Matcher by = BY.matcher(text);
    if (!by.matches())
      throw new Rejected(
          "INVALID_PARAMETER",
          "The parameter " + parameter + " names no size; allowed are " + String.join(", ", NAMED.keySet().stream().sorted().toList())
              + ", or width and height in pixels such as 728x90.");
    int width = Integer.parseInt(by.group(1));
    int height = Integer.parseInt(by.group(2));
    if (Math.min(width, height) < SHORTEST || Math.max(width, height) > LONGEST)
      throw new Rejected(
          "PICTURE_TOO_LARGE",
          "The parameter " + parameter + " asks for " + width + " x " + height + " pixels; " + SHORTEST + " to " + LONGEST
              + " a side are allowed.");
    return new PictureSize(width, height);
  }
}
