package dev.penstock.generators.text.template.value;

/// What one rendering may still spend. Everything that takes time or memory asks here first, so a template written
/// to hurt ends in one sentence: an evaluated node costs 16 units, a list element 32, a character read or written 1.
/// A unit stands for at most about 30 ns and 2 bytes.
/// Used by the one thread that renders.
public final class Budget {
  private static final int NODE = 16;
  private static final int ELEMENT = 32;
  private static final int COMPARED_CHARACTERS_PER_UNIT = 16;

  private final int nestingDepth;
  private final int loopIterations;
  private final int outputCharacters;
  private final long workUnits;
  private int depth;
  private int iterations;
  private long output;
  private long work;

  /// @param nestingDepth how deep evaluation, macro calls and values may nest
  /// @param loopIterations how often loop bodies may run, all loops together
  /// @param outputCharacters how long the rendered text may be, in UTF-16 characters
  /// @param workUnits how much may be computed
  public Budget(int nestingDepth, int loopIterations, int outputCharacters, long workUnits) {
    this.nestingDepth = nestingDepth;
    this.loopIterations = loopIterations;
    this.outputCharacters = outputCharacters;
    this.workUnits = workUnits;
  }

  /// One level deeper, paired with [#ascend()] unless an error ends the rendering in between.
  public void descend() {
    if (++depth > nestingDepth) {
      depth--;
      throw ValueError.limit("the template nests deeper than %d levels while rendering.".formatted(nestingDepth));
    }
    charge(NODE);
  }

  public void ascend() {
    depth--;
  }

  public void iteration() {
    if (++iterations > loopIterations) {
      throw ValueError.limit("the template's loops run more than %d times.".formatted(loopIterations));
    }
  }

  /// `count` characters will be read or written.
  public void characters(long count) {
    charge(count);
  }

  /// A text of `count` characters will be taken apart word by word.
  public void words(long count) {
    charge(NODE * count);
  }

  /// A list of `count` elements will be built or walked.
  public void elements(long count) {
    charge(Math.multiplyExact(ELEMENT, Math.min(count, workUnits + 1)));
  }

  /// A text of `length` will be searched for one of `soughtLength`, which may compare each with each.
  public void search(long length, long soughtLength) {
    charge(length + length * soughtLength / COMPARED_CHARACTERS_PER_UNIT);
  }

  /// `count` characters go to the rendered text, or to a text that a block collects.
  public void output(long count) {
    output += count;
    if (output > outputCharacters) {
      throw ValueError.limit("the template writes more than %d characters.".formatted(outputCharacters));
    }
    charge(count);
  }

  private void charge(long units) {
    work += units;
    if (work > workUnits || work < 0) {
      throw ValueError.limit("the template computes more than the %d units of work it may.".formatted(workUnits));
    }
  }
}
