package dev.penstock.generators.text;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.stop.StopScanner;
import dev.penstock.generators.text.stop.StopStrings;
import java.io.IOException;
import java.util.Map;

/// Makes text of a language model's tokens while they are written. Has a tokenizer of its own, so that it does not matter
/// whether the model is loaded at the moment. Any thread.
public final class AnswerTexts implements PartialText.Source, AutoCloseable {

  private final Tokenizer tokenizer;

  private AnswerTexts(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /// @throws InvalidModelException if the model's tokenizer cannot be read
  public static AnswerTexts open(ModelFolder folder) {
    try {
      return new AnswerTexts(Tokenizer.open(folder.file(folder.manifest().languageModel().tokenizer())));
    } catch (IOException e) {
      throw new InvalidModelException(
          "Model " + folder.manifest().name() + " has no tokenizer that can be read: " + e.getMessage(), e);
    }
  }

  /// Which of several candidates is published is known at the end only: of them nothing is told before.
  @Override
  public PartialText begin(GenerationRequest request) {
    if (request.candidates() > 1) return part -> "";
    IncrementalDecoder decoder = new IncrementalDecoder(tokenizer);
    // What has to keep a constraint is published as it was written.
    if (AnswerConstraints.isIn(request.parameters())) return part -> decoded(part, decoder);
    StopScanner stops = stops(request).scanner();
    TidyPieces tidy = new TidyPieces();
    return part -> tidy.add(stops.add(decoded(part, decoder)));
  }

  private static String decoded(PartialResult part, IncrementalDecoder decoder) {
    return switch (part) {
      case PartialResult.Tokens(int candidate, int[] tokens) -> {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) text.append(decoder.add(token));
        yield text.toString();
      }
      case PartialResult.Sentence _ -> throw new IllegalArgumentException("a language model speaks no sentences");
    };
  }

  @Override
  public String mediaType(Map<String, Object> parameters) {
    return AnswerConstraints.mediaType(parameters);
  }

  /// Of a request that the model has taken, so they are sound.
  private static StopStrings stops(GenerationRequest request) {
    return request.parameters().get("stop") instanceof String text ? StopStrings.parse(text) : StopStrings.NONE;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
