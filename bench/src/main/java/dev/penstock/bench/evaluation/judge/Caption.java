package dev.penstock.bench.evaluation.judge;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a picture is asked for in words.
///
/// @param kind seen: a pair of object and colour that models are trained on; held-out: one that they are not;
///     paraphrase: a phrasing that they are not trained on
/// @param attributes numbers of object, colour, background and pattern
public record Caption(String kind, String text, int[] attributes) {

  private static final int PARTS = 4;

  static List<Caption> read(Path file, Judge judge) {
    try {
      return Files.readAllLines(file).stream().map(line -> of(line, judge)).toList();
    } catch (IOException e) {
      throw new UserError(
          "The judge %s has no captions (%s); a model that draws from words needs another.".formatted(judge.name(), file), e);
    }
  }

  private static Caption of(String line, Judge judge) {
    String[] fields = line.split("\t");
    int[] attributes = new int[PARTS];
    for (int part = 0; part < PARTS; part++) attributes[part] = judge.number(part, fields[2 + part]);
    return new Caption(fields[0], fields[1], attributes);
  }
}
