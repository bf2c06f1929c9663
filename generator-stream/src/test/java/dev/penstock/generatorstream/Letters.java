package dev.penstock.generatorstream;

import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import java.util.stream.IntStream;

/// A language in which every token is a character.
final class Letters {

  static final PartialText.Source SOURCE =
      request -> part -> new String(tokens(part), 0, tokens(part).length);

  private Letters() {}

  private static int[] tokens(PartialResult part) {
    return ((PartialResult.Tokens) part).tokens();
  }

  static PartialResult part(String text) {
    return new PartialResult.Tokens(0, IntStream.of(text.codePoints().toArray()).toArray());
  }
}
