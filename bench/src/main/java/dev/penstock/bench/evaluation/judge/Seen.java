package dev.penstock.bench.evaluation.judge;

/// What a judge saw on pictures.
///
/// @param attributes `[pictures][parts]`: the object alone, or object, colour, background and pattern; -1 for none
/// @param features `[pictures][features]`
public record Seen(int[][] attributes, double[][] features) {

  public int count() {
    return attributes.length;
  }
}
