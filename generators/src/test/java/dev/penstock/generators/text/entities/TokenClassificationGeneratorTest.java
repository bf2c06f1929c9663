package dev.penstock.generators.text.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified, on an encoder of random weights that sees 64 tokens: texts of any length are labelled in overlapping windows,
/// one a step; a text gives the same bits alone and in a batch with others; what cannot be done is refused in a sentence.
class TokenClassificationGeneratorTest {

  private static final String SENTENCE = "Dear Ms. Miller, your order of the red kettle left Bremen on 3 May. ";

  @TempDir static Path folder;
  private static ModelFolder model;
  private static TokenClassificationGenerator generator;

  @BeforeAll
  static void open() {
    model = Encoders.imported(Encoders.folder("tiny-bert-ner"), folder.resolve("tiny")).folder();
    generator = TokenClassificationGenerator.open(model);
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  private static GenerationRequest request(String text) {
    return Encoders.request(model, text, Map.of());
  }

  private static PreparedText prepared(String text) throws Exception {
    return generator.prepare(request(text));
  }

  @Test
  void givesTheSameBitsAloneAndInABatchOfOtherLengths() throws Exception {
    List<PreparedText> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) texts.add(prepared(SENTENCE.repeat(1 + i % 4).substring(2 * i)));
    Map<Long, LabelledTokens> together = new HashMap<>();
    Stepper<PreparedText, LabelledTokens> stepper = generator.stepper();
    for (int i = 0; i < 8; i++) stepper.admit(i, texts.get(i));
    while (together.size() < 8)
      for (Ended<LabelledTokens> end : stepper.step())
        if (end instanceof Ended.Finished<LabelledTokens>(long execution, LabelledTokens draft, int steps)) {
          together.put(execution, draft);
          assertThat(steps).isEqualTo(texts.get((int) execution).windows().size());
        }
    for (int i = 0; i < 8; i++) {
      LabelledTokens alone = Encoders.draft(stepper, texts.get(i));
      assertThat(together.get((long) i).labels()).isEqualTo(alone.labels());
      assertThat(together.get((long) i).scores()).isEqualTo(alone.scores());
    }
    assertThat(generator.runsAlone()).as("this processor's kernels are batch-invariant").isFalse();
  }

  @Test
  void aShortTextBesideALongOneEndsInTheNextStep() throws Exception {
    Stepper<PreparedText, LabelledTokens> stepper = generator.stepper();
    stepper.admit(1, prepared(SENTENCE.repeat(20)));
    assertThat(stepper.step()).isEmpty();
    stepper.admit(2, prepared(SENTENCE));
    assertThat(stepper.step()).extracting(Ended::execution).containsExactly(2L);
    stepper.release(1);
    assertThat(stepper.step()).isEmpty();
  }

  @Test
  void labelsALongTextInWindowsAsEachWindowAloneWould() throws Exception {
    PreparedText text = prepared(SENTENCE.repeat(6));
    assertThat(text.windows().size()).isGreaterThan(2);
    LabelledTokens whole = Encoders.draft(generator.stepper(), text);
    Window second = text.windows().get(1);
    int from = text.tokens().starts()[second.start()];
    int to = text.tokens().ends()[second.end() - 1];
    PreparedText part = prepared(text.text().substring(from, to));
    LabelledTokens alone = Encoders.draft(generator.stepper(), part);
    for (int token = second.ownStart(); token < second.ownEnd(); token++)
      assertThat(whole.scores()[token]).isEqualTo(alone.scores()[token - second.start()]);
  }

  @Test
  void answersJsonWithPlacesInCodePoints() throws Exception {
    GenerationResult result = Encoders.result(generator, request("🙂🙂 Zoë wants 12 lamps"));
    assertThat(result.mediaType()).isEqualTo("application/json");
    List<JsonNode> entities = Encoders.entities(result);
    int[] points = "🙂🙂 Zoë wants 12 lamps".codePoints().toArray();
    assertThat(entities).isNotEmpty().allSatisfy(entity -> {
      int start = entity.get("start").asInt();
      assertThat(new String(points, start, entity.get("end").asInt() - start)).isEqualTo(entity.get("text").asText());
    });
    assertThat(result.scores()).containsEntry("entities", (double) entities.size()).containsKeys("meanScore", "lowestScore");
    assertThat(result.usage().inputTokens()).isEqualTo(prepared("🙂🙂 Zoë wants 12 lamps").tokens().count());
  }

  @Test
  void leavesOutEntitiesBelowTheThreshold() throws Exception {
    List<JsonNode> all = Encoders.entities(Encoders.result(generator, request(SENTENCE)));
    List<JsonNode> some = Encoders.entities(Encoders.result(generator, Encoders.request(model, SENTENCE, Map.of("threshold", "0.5"))));
    assertThat(some).isNotEmpty().hasSizeLessThan(all.size()).allMatch(entity -> entity.get("score").asDouble() >= 0.5);
    assertThat(all).containsAll(some);
    assertThatThrownBy(() -> Encoders.request(model, SENTENCE, Map.of("threshold", "2")))
        .isInstanceOf(InvalidParameterException.class).hasMessageContaining("a number from 0 to 1");
  }

  @Test
  void anEmptyTextNamesNothing() throws Exception {
    GenerationResult result = Encoders.result(generator, request(""));
    assertThat(new String(result.body(), java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("{\"entities\":[]}");
    assertThat(result.scores()).containsOnlyKeys("entities");
  }

  @Test
  void refusesWhatItCannotDo() {
    Rejected tooLong = catchThrowableOfType(Rejected.class, () -> prepared(SENTENCE.repeat(400)));
    assertThat(tooLong.reason()).isEqualTo("TEXT_TOO_LONG");
    assertThat(tooLong).hasMessageContaining("at most 128 are allowed");
    GenerationRequest three = new GenerationRequest("id", "t", new Input.Text("x"), Map.of(), 1, 0, 3, Priority.NORMAL, null);
    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(three)).reason()).isEqualTo("CANDIDATES_NOT_SUPPORTED");
  }

  @Test
  void refusesAManifestThatContradictsTheGraphOrItself(@TempDir Path other) throws IOException {
    ModelFolder copy = Encoders.imported(Encoders.folder("tiny-bert-ner"), other.resolve("tiny")).folder();
    Path manifest = copy.path().resolve(ModelManifest.FILE_NAME);
    String yaml = Files.readString(manifest);
    assertThat(ModelManifest.read(manifest)).isEqualTo(copy.manifest());
    Files.writeString(manifest, yaml.replace("logits: logits", "logits: scores"));
    assertThatThrownBy(() -> TokenClassificationGenerator.open(ModelFolder.open(copy.path())))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("tokenClassification.logits is scores; the graph has [logits]");
    Files.writeString(manifest, yaml.replaceFirst("maxTokens: 64", "maxTokens: 4"));
    assertThatThrownBy(() -> ModelFolder.open(copy.path()))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("maxTokens is 4");
    assertThatThrownBy(() -> copy.manifest().languageModel()).hasMessageContaining("is of the family token-classification");
  }
}
