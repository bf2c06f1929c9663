package dev.penstock.generators.text;

import dev.penstock.generators.text.decoding.AnswerWatch;
import dev.penstock.generators.text.stop.StopScanner;
import dev.penstock.generators.text.stop.StopStrings;

/// Ends an answer with the token that completes a stop string. One thread.
final class StoppedAnswer implements AnswerWatch {

  private final IncrementalDecoder decoder;
  private final StopScanner scanner;

  StoppedAnswer(Tokenizer tokenizer, StopStrings stops) {
    decoder = new IncrementalDecoder(tokenizer);
    scanner = stops.scanner();
  }

  @Override
  public boolean ends(int token) {
    scanner.add(decoder.add(token));
    return scanner.isStopped();
  }
}
