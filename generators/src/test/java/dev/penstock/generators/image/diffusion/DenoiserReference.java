package dev.penstock.generators.image.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// What torch makes of inputs that a recipe's `reference.json` describes by formula (`models/recipes/product-diffusion/reference.py`).
record DenoiserReference(JsonNode json) {

  private static final int ROWS = 4;

  static DenoiserReference of(String recipe) throws IOException {
    Path file = Path.of(System.getenv("PENSTOCK_HOME"), "models", "recipes", recipe, "reference.json");
    return new DenoiserReference(new ObjectMapper().readTree(file.toFile()));
  }

  /// Of the velocities, where every so many numbers are stored.
  double largestDifference(ModelFolder folder, int wordSize, int every) {
    DiffusionSection section = folder.manifest().diffusion();
    try (DiffusionGraph graph = new DiffusionGraph(section, OnnxSession.open(folder.file(section.graph().file())), ROWS, wordSize)) {
      JsonNode cases = json.path("cases");
      for (int row = 0; row < ROWS; row++)
        graph.write(row, wave(row, graph.pixels()), cases.get(row).path("timestep").asDouble(), words(row, section.textTokens(), wordSize));
      graph.run(ROWS);
      float[] velocity = new float[graph.pixels()];
      double largest = 0;
      for (int row = 0; row < ROWS; row++) {
        graph.read(row, velocity);
        largest = Math.max(largest, difference(velocity, cases.get(row).path("velocity"), every));
      }
      return largest;
    }
  }

  static double difference(float[] numbers, JsonNode expected, int every) {
    double largest = 0;
    for (int i = 0; i < expected.size(); i++) largest = Math.max(largest, Math.abs(numbers[every * i] - expected.get(i).asDouble()));
    return largest;
  }

  static float[] wave(int row, int size) {
    float[] wave = new float[size];
    for (int i = 0; i < size; i++) wave[i] = (float) Math.cos(0.37 * ((long) row * size + i));
    return wave;
  }

  private static Words words(int row, int textTokens, int wordSize) {
    int tokens = 5 + 3 * row;
    float[] vectors = new float[textTokens * wordSize];
    for (int i = 0; i < tokens * wordSize; i++) vectors[i] = (float) (0.3 * Math.cos(0.23 * ((long) row * vectors.length + i)));
    float[] mask = new float[textTokens];
    Arrays.fill(mask, 0, tokens, 1);
    return new Words(vectors, mask, tokens, 0);
  }
}
