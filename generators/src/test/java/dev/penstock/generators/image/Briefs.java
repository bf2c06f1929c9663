package dev.penstock.generators.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Briefs written by hand about ten kinds of clothes, as many for each, and about other things; one a line, the class
/// it asks for (or `-`) first.
record Briefs(List<Brief> all) {

  /// @param label the class asked for, or null
  record Brief(@Nullable String label, String text) {}

  /// Those the rule was made with.
  static Briefs known() {
    return read("/image/briefs.tsv");
  }

  /// Those written after the rule was made and never used to change it.
  static Briefs heldOut() {
    return read("/image/briefs-heldout.tsv");
  }

  private static Briefs read(String resource) {
    try (InputStream in = Objects.requireNonNull(Briefs.class.getResourceAsStream(resource))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Briefs(text.lines().map(Briefs::brief).toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Brief brief(String line) {
    String[] fields = line.split("\t");
    return new Brief(fields[0].equals("-") ? null : fields[0], fields[1]);
  }
}
