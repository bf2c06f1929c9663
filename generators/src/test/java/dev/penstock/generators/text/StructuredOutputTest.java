package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `jsonSchema` and `regex` promise through the bundled language model: 200 of 200 answers are valid to an
/// independent validator within tight lengths and tokens, the same bytes alone and among others, and a constraint that
/// cannot be kept is refused in one sentence before any cost.
class StructuredOutputTest {

  private static final String COPY =
      """
      {"type": "object", "required": ["headline", "body", "cta"], "additionalProperties": false, "properties": {
        "headline": {"type": "string", "minLength": 4, "maxLength": 40},
        "body": {"type": "string", "minLength": 10, "maxLength": 120},
        "cta": {"type": "string", "enum": ["Buy now", "Learn more", "Try it"]}}}""";

  private static MiniLmEmbedder embedder;
  private static LanguageModelGenerator generator;
  private static ModelFolder folder;

  @BeforeAll
  static void open() {
    folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter"));
    embedder = MiniLmEmbedder.open();
    generator = LanguageModelGenerator.open(folder, new LanguageModelSettings(16, 320), embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  @Test
  void everyAnswerKeepsTheSchemaAloneAndInABatchWithTheSameBytes() throws Exception {
    JsonSchema validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(COPY);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) requests.add(request(i, Map.of("jsonSchema", COPY, "maxTokens", 44L + i % 60)));

    List<String> together = run(requests);

    for (int i = 0; i < requests.size(); i++) {
      assertThat(validator.validate(together.get(i), InputFormat.JSON)).as("%d: %s", i, together.get(i)).isEmpty();
      if (i % 10 == 0) assertThat(run(List.of(requests.get(i)))).containsExactly(together.get(i));
    }
    assertThat(together.stream().distinct().count()).isGreaterThan(100);
  }

  @Test
  void everyAnswerMatchesTheRegularExpression() throws Exception {
    String regex = "(Buy|Get|Try) (the|your) [a-z]{3,12}( [a-z]{3,12}){0,3}[.!]";
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) requests.add(request(i, Map.of("regex", regex, "maxTokens", 30L)));

    assertThat(run(requests)).allMatch(answer -> answer.matches(regex));
  }

  @Test
  void publishesJsonAndJudgesItsTexts() throws Exception {
    GenerationRequest request = request(7, Map.of("jsonSchema", COPY));

    GenerationResult result = complete(request, 4);

    assertThat(result.mediaType()).isEqualTo("application/json");
    assertThat(result.alternates()).hasSize(3).allMatch(other -> other.mediaType().equals("application/json"));
    assertThat(result.alternates())
        .allMatch(other -> other.scores().get("relevance") <= result.scores().get("relevance"));
    assertThat(result.finishReason()).isEqualTo(GenerationResult.FinishReason.STOP);
  }

  @Test
  void showsTheModelTheExamplesOfTheSchemaAsEarlierTurns() throws Exception {
    String example = "{\"headline\":\"Warm to the core\",\"body\":\"A mug that keeps.\",\"cta\":\"Buy now\"}";
    String schema = COPY.replaceFirst("\\{", "{\"examples\": [" + example.replace("\\", "\\\\") + "],");

    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json"))) {
      String shown = tokenizer.decode(generator.prepare(request(0, Map.of("jsonSchema", schema))).tokens());
      assertThat(shown)
          .contains("Give an example of the JSON that you answer with.", example)
          .containsSubsequence(example, "Write one short advertising slogan");
    }
  }

  @Test
  void publishesOneThatRepeatsItselfRatherThanNothing() throws Exception {
    GenerationResult result = complete(request(1, Map.of("regex", "(ha){30}", "maxTokens", 100L)), 2);

    assertThat(new String(result.body(), StandardCharsets.UTF_8)).isEqualTo("ha".repeat(30));
    assertThat(result.mediaType()).isEqualTo("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "jsonSchema | {\"type\":\"object\"} | INVALID_SCHEMA | Parameter jsonSchema is an object without properties; name those that are to be written.",
      "jsonSchema | {\"type\":\"array\",\"items\":{\"type\":\"string\",\"not\":{}}} | INVALID_SCHEMA | Parameter jsonSchema at /items the keyword not is not supported beside type string; supported are format, maxLength, minLength, pattern, type.",
      "regex | (?=a)b | INVALID_PARAMETER | Parameter regex: at character 1 stands a look-ahead, which is not supported.",
      "regex | [a-z]{900} | INVALID_PARAMETER | Parameter maxTokens is 64; the shortest answer that keeps regex takes 900."})
  void refusesBeforeAnyCost(String parameter, String value, String reason, String sentence) {
    assertThatExceptionOfType(GenerationException.Rejected.class)
        .isThrownBy(() -> generator.prepare(request(1, Map.of(parameter, value))))
        .withMessage(sentence)
        .matches(e -> e.reason().equals(reason));
  }

  @Test
  void refusesTwoWaysToEndAnAnswer() {
    assertThatExceptionOfType(GenerationException.Rejected.class)
        .isThrownBy(() -> generator.prepare(request(1, Map.of("jsonSchema", COPY, "regex", "a"))))
        .withMessage("Parameters jsonSchema and regex are both set; only one of them is allowed.");
    assertThatExceptionOfType(GenerationException.Rejected.class)
        .isThrownBy(() -> generator.prepare(request(1, Map.of("regex", "a", "stop", "[\"a\"]"))))
        .withMessage(
            "Parameter stop is set beside jsonSchema or regex, which end the answer themselves; only one of them is allowed.");
  }

  private static GenerationResult complete(GenerationRequest one, int candidates) throws Exception {
    GenerationRequest request =
        new GenerationRequest(
            one.id(), one.tenant(), one.input(), one.parameters(), one.seed(), 0, candidates, one.priority(), null);
    PreparedPrompt prepared = generator.prepare(request);
    return generator.complete(request, prepared, drafts(List.of(prepared)).getFirst());
  }

  private static List<String> run(List<GenerationRequest> requests) throws Exception {
    List<PreparedPrompt> prepared = new ArrayList<>();
    for (GenerationRequest request : requests) prepared.add(generator.prepare(request));
    List<TextDraft> drafts = drafts(prepared);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++)
      texts.add(
          new String(
              generator.complete(requests.get(i), prepared.get(i), drafts.get(i)).body(), StandardCharsets.UTF_8));
    return texts;
  }

  private static List<TextDraft> drafts(List<PreparedPrompt> prompts) throws Exception {
    Map<Long, TextDraft> drafts = new TreeMap<>();
    int admitted = 0;
    int active = 0;
    while (drafts.size() < prompts.size()) {
      while (admitted < prompts.size() && active + prompts.get(admitted).candidates() <= 16) {
        active += prompts.get(admitted).candidates();
        generator.stepper().admit(admitted, prompts.get(admitted));
        admitted++;
      }
      for (Ended<TextDraft> ended : generator.stepper().step()) {
        active -= prompts.get((int) ended.execution()).candidates();
        drafts.put(ended.execution(), ((Ended.Finished<TextDraft>) ended).draft());
      }
    }
    return List.copyOf(drafts.values());
  }

  private static GenerationRequest request(int i, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    all.put("temperature", i % 3 * 0.5);
    all.putAll(parameters);
    List<String> products = List.of("a wool blanket", "a steel water bottle", "an electric bike", "boots");
    Input brief = new Input.Text("Write one short advertising slogan for " + products.get(i % products.size()) + ".");
    return new GenerationRequest("content-" + i, "tenant", brief, all, i, 0, 1, Priority.NORMAL, null);
  }
}
