package dev.penstock.generators.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The probabilities that a sampler draws with are those of the logits processors of transformers, put together in our
/// order; frequency and presence penalty are those of OpenAI's API reference. Origin and tolerance of the numbers are
/// in `sampling-reference.json`.
class SamplerReferenceTest {

  private static final JsonNode REFERENCE = reference();
  private static final int VOCABULARY = REFERENCE.get("vocabulary").asInt();
  private static final double TOLERANCE = REFERENCE.get("tolerance").asDouble();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void drawsWithTheProbabilitiesOfTheReference(JsonNode parameters, JsonNode expected) {
    Sampler sampler = sampler(parameters);
    TokenWeights weights = new TokenWeights(VOCABULARY);
    for (int token : ids("answer")) sampler.next(certain(token), 0, weights);

    double[] actual = sampler.probabilities(logits(), 0, weights);

    for (int token = 0; token < VOCABULARY; token++)
      assertThat(actual[token]).as("token %d", token).isCloseTo(expected.get(token).asDouble(), within(TOLERANCE));
  }

  static List<Object[]> cases() {
    List<Object[]> cases = new ArrayList<>();
    for (JsonNode example : REFERENCE.get("cases"))
      cases.add(new Object[] {example.get("case"), example.get("probabilities")});
    return cases;
  }

  @Test
  void tellsTheModelsOwnLogProbabilityOfEachTokenWhateverShiftsTheDraw() {
    LogitBias bias = new LogitBias(new TreeMap<>(Map.of(7, 3.0)));
    SamplingSettings lively = new SamplingSettings(1.5, 0, 0.98, 0, new Penalties(1.3, 0.5, 0.5), bias, true);
    SamplingSettings greedy = new SamplingSettings(0, 0, 1, 0, Penalties.NONE, LogitBias.NONE, true);
    TokenWeights weights = new TokenWeights(VOCABULARY);
    for (SamplingSettings settings : List.of(lively, greedy)) {
      Sampler sampler = new Sampler(settings, 1, new SeenTokens(VOCABULARY, ids("prompt"), token -> false));
      for (int i = 0; i < 50; i++) {
        int token = sampler.next(logits(), 0, weights);
        assertThat(sampler.logProbability())
            .isCloseTo(REFERENCE.get("logProbabilities").get(token).asDouble(), within(TOLERANCE));
      }
    }
  }

  @Test
  void forbidsAndForcesTokensByTheirBias() {
    SortedMap<Integer, Double> biases = new TreeMap<>(Map.of(3, 100.0, 5, -100.0));
    SamplingSettings settings =
        new SamplingSettings(1, 0, 1, 0, Penalties.NONE, new LogitBias(biases), false);
    Sampler sampler = new Sampler(settings, 1, new SeenTokens(VOCABULARY, new int[0], token -> false));
    TokenWeights weights = new TokenWeights(VOCABULARY);

    for (int i = 0; i < 100; i++) assertThat(sampler.next(logits(), 0, weights)).isEqualTo(3);
  }

  private static Sampler sampler(JsonNode parameters) {
    SortedMap<Integer, Double> biases = new TreeMap<>();
    parameters.path("logitBias").properties()
        .forEach(bias -> biases.put(Integer.valueOf(bias.getKey()), bias.getValue().asDouble()));
    SamplingSettings settings =
        new SamplingSettings(
            parameters.get("temperature").asDouble(),
            parameters.path("topK").asInt(0),
            parameters.path("topP").asDouble(1),
            parameters.path("minP").asDouble(0),
            new Penalties(
                parameters.path("repetitionPenalty").asDouble(1),
                parameters.path("frequencyPenalty").asDouble(0),
                parameters.path("presencePenalty").asDouble(0)),
            new LogitBias(biases),
            false);
    return new Sampler(settings, 1, new SeenTokens(VOCABULARY, ids("prompt"), token -> false));
  }

  /// Logits that leave no choice, to write the answer of the reference.
  private static FloatBuffer certain(int token) {
    FloatBuffer row = OnnxValue.allocateFloats(VOCABULARY);
    IntStream.range(0, VOCABULARY).forEach(i -> row.put(i, i == token ? 10_000 : -10_000));
    return row;
  }

  private static FloatBuffer logits() {
    FloatBuffer row = OnnxValue.allocateFloats(VOCABULARY);
    IntStream.range(0, VOCABULARY).forEach(i -> row.put(i, REFERENCE.get("logits").get(i).floatValue()));
    return row;
  }

  private static int[] ids(String name) {
    return REFERENCE.get(name).valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  private static JsonNode reference() {
    try (InputStream json = SamplerReferenceTest.class.getResourceAsStream("sampling-reference.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(json));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
