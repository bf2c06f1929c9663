package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.writing.NextTokens;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.FloatBuffer;

/// What every exact import promises: token ids and greedy answers as the reference gives them, logits to a tolerance.
record AgreesWithReference(ModelFolder folder, TinyModel model, float tolerance) {

  /// Float32 against float32.
  static final float EXACT = 5e-4f;

  private static final int CAPACITY = 64;

  void check() throws IOException {
    tokens();
    answers();
  }

  private void tokens() throws IOException {
    try (var tokenizer = Tokenizer.open(folder.file("tokenizer.json"))) {
      for (TinyModel.Tokens one : model.strings()) {
        assertThat(tokenizer.encode(one.text())).as(one.text()).containsExactly(one.ids());
      }
    }
  }

  private void answers() {
    var section = folder.manifest().languageModel();
    float[] logits = new float[section.vocabularySize()];
    try (var graph = NextTokens.open(folder.file(section.graph()), section, 1, CAPACITY)) {
      for (TinyModel.Case one : model.cases()) {
        int position = 0;
        for (int id : one.ids()) {
          read(graph.step(position++, id), logits);
        }
        assertThat(logits).as(one.text()).containsExactly(one.logits(), within(tolerance));
        for (int expected : one.greedy()) {
          assertThat(largest(logits)).as("token %d after '%s'", position, one.text()).isEqualTo(expected);
          read(graph.step(position++, expected), logits);
        }
      }
    }
  }

  private static void read(FloatBuffer from, float[] into) {
    from.get(0, into);
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
