package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.TokenLogProbability;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stop strings, logit bias and log-probabilities do to an answer of the bundled model, and how wrong values are
/// refused.
class AnswerParametersTest {

  private static ModelFolder folder;
  private static MiniLmEmbedder embedder;
  private static LanguageModelGenerator generator;

  @BeforeAll
  static void open() {
    folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME")).resolve("models/tiny-copywriter"));
    embedder = MiniLmEmbedder.open();
    generator = LanguageModelGenerator.open(folder, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  @Test
  void endsAnAnswerBeforeAStopStringWhereverTokensBeginAndEnd() throws Exception {
    String whole = text(answer(Map.of()));
    assertThat(whole).hasSizeGreaterThan(20);
    for (int start = 5; start + 4 <= whole.length() - 1; start++) {
      String stop = whole.substring(start, start + 4);
      GenerationResult cut = answer(Map.of("stop", stop));

      assertThat(text(cut)).isEqualTo(whole.substring(0, whole.indexOf(stop)).strip());
      assertThat(cut.finishReason()).isEqualTo(FinishReason.STOP);
    }
  }

  @Test
  void stopsWritingWhenAStopStringIsThere() throws Exception {
    GenerationResult whole = answer(Map.of());
    GenerationResult cut = answer(Map.of("stop", text(whole).substring(0, 6).strip().substring(3)));

    assertThat(cut.usage().outputTokens()).isLessThan(whole.usage().outputTokens());
  }

  @Test
  void endsAtItsLengthIfTheStopStringNeverComes() throws Exception {
    GenerationResult result = answer(Map.of("stop", "[\"@@@\", \"%%%\"]", "maxTokens", 4L));

    assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(text(result)).isEqualTo(text(answer(Map.of("maxTokens", 4L))));
  }

  @Test
  void tellsTheLogProbabilityOfEachTokenOfTheText() throws Exception {
    GenerationResult result = answer(Map.of("logProbabilities", true));

    assertThat(joined(result).strip()).isEqualTo(text(result));
    assertThat(result.logProbabilities()).hasSize(result.usage().outputTokens())
        .allSatisfy(token -> assertThat(token.logProbability()).isBetween(-20.0, 0.0));
    assertThat(result.scores().get("meanLogProbability"))
        .isEqualTo(
            result.logProbabilities().stream().mapToDouble(TokenLogProbability::logProbability).average().orElseThrow());
    assertThat(answer(Map.of()).logProbabilities()).isEmpty();
  }

  @Test
  void tellsNoTokenOfAStopString() throws Exception {
    String whole = text(answer(Map.of()));
    GenerationResult cut = answer(Map.of("logProbabilities", true, "stop", whole.substring(8, 14)));

    assertThat(joined(cut).strip()).isEqualTo(text(cut)).isEqualTo(whole.substring(0, 8).strip());
  }

  @Test
  void keepsForbiddenTokensOut() throws Exception {
    int first = firstToken(Map.of());
    int other = firstToken(Map.of("logitBias", "{\"" + first + "\": -100}"));

    assertThat(other).isNotEqualTo(first);
    assertThat(firstToken(Map.of("logitBias", "{\"" + other + "\": 100}"))).isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "logitBias | [1]          | Parameter logitBias is no JSON object, such as {\" free\": -100}.",
    "logitBias | {\"5\": 1    | Parameter logitBias is text that is no JSON object, such as {\" free\": -100}.",
    "logitBias | {\"5\": \"a\"} | Parameter logitBias is an object whose values are not all numbers.",
    "logitBias | {\"5\": 101} | Parameter logitBias is an object with the value 101.0; -100 to 100 is allowed.",
    "logitBias | {\"4000\": 1} | Parameter logitBias is an object with the token id 4000; the model's ids end at 2047.",
    "stop      | [1]          | Parameter stop is text that begins with [ and is no JSON array of strings, such as [\"\\n\", \"END\"].",
  })
  void refusesWrongValuesInOneSentence(String name, String value, String sentence) {
    assertThatExceptionOfType(GenerationException.Rejected.class)
        .isThrownBy(() -> generator.prepare(request(Map.of(name, value))))
        .matches(e -> e.reason().equals("INVALID_PARAMETER"))
        .withMessage(sentence);
  }

  @Test
  void refusesABiasForTextOfSeveralTokens() {
    assertThatExceptionOfType(GenerationException.Rejected.class)
        .isThrownBy(() -> generator.prepare(request(Map.of("logitBias", "{\"unbelievable zebras\": 1}"))))
        .withMessageMatching(
            "Parameter logitBias is an object with a key of \\d+ tokens; each key is one token of the model or its id.");
  }

  private static int firstToken(Map<String, Object> parameters) throws Exception {
    return draft(generator.prepare(request(parameters))).answers().getFirst().tokens()[0];
  }

  private static GenerationResult answer(Map<String, Object> parameters) throws Exception {
    GenerationRequest request = request(parameters);
    PreparedPrompt prepared = generator.prepare(request);
    return generator.complete(request, prepared, draft(prepared));
  }

  private static TextDraft draft(PreparedPrompt prepared) throws Exception {
    generator.stepper().admit(1, prepared);
    List<Ended<TextDraft>> ended = List.of();
    while (ended.isEmpty()) ended = generator.stepper().step();
    return ((Ended.Finished<TextDraft>) ended.getFirst()).draft();
  }

  private static GenerationRequest request(Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    all.put("temperature", 0.0);
    all.putAll(parameters);
    Input brief = new Input.Text("Write one short advertising slogan for a waterproof hiking boot.");
    return new GenerationRequest("content-1", "tenant", brief, all, 42, 0, 1, Priority.NORMAL, null);
  }

  private static String joined(GenerationResult result) {
    return result.logProbabilities().stream().map(TokenLogProbability::text).collect(Collectors.joining());
  }

  private static String text(GenerationResult result) {
    return new String(result.body(), StandardCharsets.UTF_8);
  }
}
