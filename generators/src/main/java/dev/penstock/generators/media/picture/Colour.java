package dev.penstock.generators.media.picture;

import dev.penstock.generators.GenerationException.Rejected;
import java.util.regex.Pattern;

/// Colours as prompts write them.
public final class Colour {

  private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

  private Colour() {}

  /// Reads `#rrggbb`.
  ///
  /// @return `0xRRGGBB`
  public static int parse(String parameter, String text) throws Rejected {
    if (HEX.matcher(text).matches()) return Integer.parseInt(text, 1, 7, 16);
    throw new Rejected(
        "INVALID_PARAMETER",
        "The parameter " + parameter + " is no colour; six hexadecimal digits such as #1e3a5f are needed.");
  }
}
