package dev.penstock.generators.text.template.syntax;

/// How much a template and one rendering of it may take.
///
/// @param sourceCharacters length of the template, in UTF-16 characters
/// @param sourceDepth how deep brackets, operators and blocks may nest in the source
/// @param renderDepth how deep evaluation, macro calls and values may nest
/// @param loopIterations how often loop bodies may run in one rendering, all loops together
/// @param outputCharacters length of the rendered text, in UTF-16 characters
/// @param workUnits what one rendering may compute: 16 an operation, 32 a list element, 1 a character
public record TemplateLimits(
    int sourceCharacters,
    int sourceDepth,
    int renderDepth,
    int loopIterations,
    int outputCharacters,
    long workUnits) {
  /// Ample for the templates that models ship with, and over within a second for one that is written to hurt.
  public static final TemplateLimits DEFAULT =
      new TemplateLimits(256 * 1024, 64, 200, 100_000, 4 * 1024 * 1024, 32L * 1024 * 1024);

  public TemplateLimits {
    if (sourceCharacters < 1 || sourceDepth < 1 || renderDepth < 1 || loopIterations < 1 || outputCharacters < 1
        || workUnits < 1) {
      throw new IllegalArgumentException("Every limit of a chat template must be at least 1.");
    }
  }
}
