package dev.penstock.generatorstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import java.nio.charset.Charset;
import java.util.stream.IntStream;

/// A language in which every token is a character.
final class Letters {

  static final PartialText.Source SOURCE =
      request -> part -> new String(tokens(part), 0, tokens(part).length);

  /// The same for content that is no text: every character is a byte.
  static final PartialText.Source BYTES =
      new PartialText.Source() {
        @Override
        public PartialText begin(GenerationRequest request) {
          return SOURCE.begin(request);
        }

        @Override
        public Charset charset() {
          return ISO_8859_1;
        }
      };

  private Letters() {}

  private static int[] tokens(PartialResult part) {
    return ((PartialResult.Tokens) part).tokens();
  }

  static PartialResult part(String text) {
    return new PartialResult.Tokens(0, IntStream.of(text.codePoints().toArray()).toArray());
  }
}
