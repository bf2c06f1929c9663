package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.TextEncoder;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// A model's own text encoder, as CLIP's: the text's tokens with those around it, cut and padded to a fixed number; one text
/// a run. Any thread.
final class EncodedWords implements Words.Source {

  private final TextEncoder encoder;
  private final int tokens;
  private final OnnxSession session;
  private final Tokenizer tokenizer;

  private EncodedWords(TextEncoder encoder, int tokens, OnnxSession session, Tokenizer tokenizer) {
    this.encoder = encoder;
    this.tokens = tokens;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /// Loads graph and tokenizer and tries them out.
  ///
  /// @throws InvalidModelException they are not what the manifest says
  static EncodedWords open(ModelFolder folder, DiffusionSection section, TextEncoder encoder) {
    OnnxSession session = OnnxSession.open(folder.file(encoder.file()));
    try {
      Tokenizer tokenizer = Tokenizer.open(folder.file(encoder.tokenizer()));
      EncodedWords words = new EncodedWords(encoder, section.textTokens(), session, tokenizer);
      words.of("");
      return words;
    } catch (IOException | Rejected | RuntimeException e) {
      session.close();
      throw new InvalidModelException("The text encoder " + encoder.file() + " cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public Words of(String text) throws Rejected {
    Optional<String> control = tokenizer.controlTokenIn(text);
    if (control.isPresent())
      throw new Rejected("CONTROL_TOKEN", "The prompt spells out a control token of the model; leave it out.");
    int length = tokenizer.encodeWithSurroundings(text).length;
    int cut = Math.max(0, length - tokens);
    float[] mask = new float[tokens];
    Arrays.fill(mask, 0, length - cut, 1);
    return new Words(states(ids(text)), mask, length - cut, cut);
  }

  /// The tokens that the encoder sees: cut before the last one, padded after it.
  long[] ids(String text) {
    int[] all = tokenizer.encodeWithSurroundings(text);
    long[] ids = new long[tokens];
    Arrays.fill(ids, encoder.padding());
    for (int i = 0; i < Math.min(all.length, tokens); i++) ids[i] = all[i];
    if (all.length > tokens) ids[tokens - 1] = all[all.length - 1];
    return ids;
  }

  private float[] states(long[] ids) {
    try (OnnxValue input = OnnxValue.copyOf(ids, 1, tokens)) {
      OnnxValue output = session.run(Map.of(encoder.input(), input)).get(encoder.output());
      long[] expected = {1, tokens, encoder.width()};
      if (output == null || !Arrays.equals(output.shape(), expected))
        throw new InvalidModelException(
            "The text encoder makes " + output + " in " + encoder.output() + "; the manifest promises " + Arrays.toString(expected) + ".");
      float[] states = new float[output.size()];
      output.floats().get(states);
      return states;
    }
  }

  @Override
  public int width() {
    return encoder.width();
  }

  @Override
  public void close() {
    tokenizer.close();
    session.close();
  }
}
