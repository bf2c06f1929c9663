package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.decoding.LanguageModelStepper;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Same request, same bytes: over 208 prompts of the bundled model, greedy and sampled, the tokens of a request are the
/// same alone, among 15 strangers, after a restart half-way, with the beginnings of prompts kept and without.
class ReproducibilityTest {

  private static final int PROMPTS = 208;
  private static final LanguageModelSettings WITHOUT = new LanguageModelSettings(16, 256, 0);
  private static final LanguageModelSettings WITH = new LanguageModelSettings(16, 256);
  private static final List<String> FORMS =
      List.of("one short advertising slogan", "a headline", "a product sentence", "a call to action");
  private static final List<String> PRODUCTS =
      List.of("a steel water bottle", "a solar-powered backpack", "an espresso machine", "a wool blanket",
          "a waterproof hiking boot", "a desk lamp", "an electric bike");

  private static ModelFolder folder;
  private static MiniLmEmbedder embedder;
  private static List<PreparedPrompt> prompts;
  private static List<TextDraft> alone;

  @BeforeAll
  static void writeAlone() throws Exception {
    folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter"));
    embedder = MiniLmEmbedder.open();
    prompts = new ArrayList<>();
    alone = new ArrayList<>();
    try (LanguageModelGenerator generator = open(WITHOUT)) {
      for (int i = 0; i < PROMPTS; i++) prompts.add(generator.prepare(request(i)));
      for (PreparedPrompt prompt : prompts) alone.add(new Lane(generator).run(List.of(prompt)).getFirst());
    }
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @Test
  void givesTheSameTokensAmongStrangers() throws Exception {
    try (LanguageModelGenerator generator = open(WITHOUT)) {
      assertSame(new Lane(generator).run(prompts));
    }
  }

  @Test
  void givesTheSameTokensWhereBeginningsAreKept() throws Exception {
    try (LanguageModelGenerator generator = open(WITH)) {
      assertSame(new Lane(generator).run(prompts));
      assertSame(new Lane(generator).run(prompts));
      assertThat(((LanguageModelStepper) generator.stepper()).times().reusedTokens()).isPositive();
    }
  }

  @Test
  void givesTheSameTokensAfterARestartHalfWay() throws Exception {
    Random random = new Random(20261122);
    Map<Integer, TextDraft> drafts = new TreeMap<>();
    while (drafts.size() < PROMPTS) {
      try (LanguageModelGenerator generator = open(random.nextBoolean() ? WITH : WITHOUT)) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < PROMPTS; i++) if (!drafts.containsKey(i)) left.add(i);
        List<PreparedPrompt> again = left.stream().map(prompts::get).toList();
        new Lane(generator).run(again, random.nextInt(150, 400)).forEach((i, draft) -> drafts.put(left.get(i), draft));
      }
    }
    assertSame(List.copyOf(drafts.values()));
  }

  private static void assertSame(List<TextDraft> drafts) {
    assertThat(drafts).hasSize(PROMPTS);
    for (int i = 0; i < PROMPTS; i++)
      assertThat(drafts.get(i)).as("prompt %d", i).usingRecursiveComparison().isEqualTo(alone.get(i));
  }

  private static LanguageModelGenerator open(LanguageModelSettings settings) {
    return LanguageModelGenerator.open(folder, settings, embedder);
  }

  private static GenerationRequest request(int i) {
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    parameters.put("temperature", i % 4 == 0 ? 0.0 : 0.3 + i % 5 * 0.2);
    parameters.put("maxTokens", (long) (6 + i % 7 * 6));
    String brief = "Write " + FORMS.get(i % FORMS.size()) + " for " + PRODUCTS.get(i % PRODUCTS.size()) + ". "
        + "It is light. ".repeat(i % 9);
    int candidates = i % 11 == 0 ? 3 : 1;
    return new GenerationRequest(
        "content-" + i, "tenant", new Input.Text(brief), parameters, i, 0, candidates, Priority.NORMAL, null);
  }

  /// Keeps all slots busy as long as there are prompts.
  private record Lane(LanguageModelGenerator generator) {

    List<TextDraft> run(List<PreparedPrompt> prompts) throws Exception {
      return List.copyOf(run(prompts, Integer.MAX_VALUE).values());
    }

    /// Those that ended within so many steps, by number; the others are left where they are.
    Map<Integer, TextDraft> run(List<PreparedPrompt> prompts, int steps) throws Exception {
      Map<Integer, TextDraft> drafts = new TreeMap<>();
      int next = 0;
      int taken = 0;
      for (int step = 0; step < steps && drafts.size() < prompts.size(); step++) {
        for (; next < prompts.size() && taken + prompts.get(next).candidates() <= 16; next++) {
          generator.stepper().admit(next, prompts.get(next));
          taken += prompts.get(next).candidates();
        }
        for (Ended<TextDraft> ended : generator.stepper().step()) {
          int number = (int) ended.execution();
          drafts.put(number, ((Ended.Finished<TextDraft>) ended).draft());
          taken -= prompts.get(number).candidates();
        }
      }
      return drafts;
    }
  }
}
