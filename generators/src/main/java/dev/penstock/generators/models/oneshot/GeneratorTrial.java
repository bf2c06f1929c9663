package dev.penstock.generators.models.oneshot;

import static dev.penstock.generators.models.oneshot.LatentInputs.refused;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Runs of a generator's graph with inputs as the family feeds them.
///
/// @param latent  name of the latent input, `[b, size]`
/// @param label   name of the label input, `[b, labels]`; empty without classes
record GeneratorTrial(Path file, OnnxSession session, LatentDistribution distribution, String latent, int size,
    Optional<String> label, int labels) {

  private static final int ROWS = 4;

  /// What a run made.
  ///
  /// @param batch rows of every run, if the graph leaves no choice
  record Made(Map<String, OnnxValue> outputs, Optional<Integer> batch) {}

  /// Finds out how many rows a run may have.
  ///
  /// @param declared rows that the graph declares; -1: none
  Made make(long declared) {
    if (declared > 0) {
      return new Made(run((int) declared), Optional.of((int) declared));
    }
    Map<String, OnnxValue> outputs;
    try {
      outputs = session.run(inputs(ROWS));
    } catch (InferenceException onlyOne) {
      return new Made(run(1), Optional.of(1));
    }
    boolean rows = outputs.values().stream().anyMatch(value -> value.shape().length > 0 && value.shape()[0] == ROWS);
    return rows ? new Made(outputs, Optional.empty()) : new Made(run(1), Optional.of(1));
  }

  private Map<String, OnnxValue> run(int rows) {
    try {
      return session.run(inputs(rows));
    } catch (InferenceException failed) {
      throw refused(file, "it does not run: " + firstLine(failed));
    }
  }

  private static String firstLine(InferenceException failed) {
    String message = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private Map<String, OnnxValue> inputs(int rows) {
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put(latent, OnnxValue.copyOf(LatentDraw.draw(1, rows * size, distribution, 1), rows, size));
    label.ifPresent(name -> {
      float[] chosen = new float[rows * labels];
      for (int row = 0; row < rows; row++) {
        chosen[row * labels + row % labels] = 1;
      }
      inputs.put(name, OnnxValue.copyOf(chosen, rows, labels));
    });
    return inputs;
  }
}
