package dev.penstock.bench.text;

import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.PrepackedCache;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.decoding.DecodingTimes;
import dev.penstock.generators.text.decoding.GraphShape;
import dev.penstock.generators.text.decoding.LanguageModelStepper;
import java.nio.file.Path;

/// A language model with 16 slots and nothing around it. Its answers end at their length alone. One thread.
record TextModel(ModelFolder folder, LanguageModelStepper stepper) implements AutoCloseable {

  static final int SLOTS = 16;
  /// The longest prompt, the longest answer, and the rows of a static batch that write on.
  static final int SLOT_TOKENS = 640;

  /// Every prompt is read from its first token on.
  static TextModel open(ModelFolder folder) {
    return open(folder, 0);
  }

  /// @param prefixBytes how much is kept of the beginnings of prompts
  static TextModel open(ModelFolder folder, long prefixBytes) {
    return open(folder, LanguageModelGenerator.packed(), prefixBytes);
  }

  static TextModel open(ModelFolder folder, PrepackedCache cache, long prefixBytes) {
    return new TextModel(folder, stepper(folder, cache.open(graph(folder), folder.digest()), prefixBytes));
  }

  private static Path graph(ModelFolder folder) {
    return folder.file(folder.manifest().languageModel().graph());
  }

  private static LanguageModelStepper stepper(ModelFolder folder, OnnxSession session, long prefixBytes) {
    LanguageModelSection section = folder.manifest().languageModel();
    GraphShape shape =
        new GraphShape(
            section.layers(), section.keyValueHeads(), section.headSize(), section.contextLength(),
            section.vocabularySize());
    return new LanguageModelStepper(session, shape, SLOTS, SLOT_TOKENS, token -> false, prefixBytes);
  }

  DecodingTimes times() {
    return stepper.times();
  }

  @Override
  public void close() {
    stepper.close();
  }
}
