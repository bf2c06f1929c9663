package dev.penstock.generators.text;

import dev.penstock.generators.GenerationResult.TokenLogProbability;
import dev.penstock.generators.text.stop.StopScanner;
import dev.penstock.generators.text.stop.StopStrings;
import java.util.ArrayList;
import java.util.List;

/// Says which token of an answer wrote which part of its text.
final class TokenTexts {

  private TokenTexts() {}

  /// The tokens of the text before the first stop string; the one that a stop string begins in is cut there.
  ///
  /// @param logProbabilities one a token, or empty: then the result is
  static List<TokenLogProbability> of(
      int[] tokens, double[] logProbabilities, Tokenizer tokenizer, StopStrings stops) {
    List<TokenLogProbability> texts = new ArrayList<>();
    int rest = logProbabilities.length == 0 ? 0 : text(tokens, tokenizer, stops).length();
    IncrementalDecoder decoder = new IncrementalDecoder(tokenizer);
    for (int i = 0; i < logProbabilities.length && rest > 0; i++) {
      String piece = decoder.add(tokens[i]);
      String kept = piece.substring(0, Math.min(piece.length(), rest));
      rest -= kept.length();
      texts.add(new TokenLogProbability(tokens[i], kept, logProbabilities[i]));
    }
    return texts;
  }

  /// The text of the tokens before the first stop string, without a character that was never finished.
  static String text(int[] tokens, Tokenizer tokenizer, StopStrings stops) {
    IncrementalDecoder decoder = new IncrementalDecoder(tokenizer);
    StopScanner scanner = stops.scanner();
    StringBuilder text = new StringBuilder();
    for (int token : tokens) text.append(scanner.add(decoder.add(token)));
    return text.append(scanner.add(decoder.finish())).append(scanner.finish()).toString();
  }
}
