package dev.penstock.generators.text.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What keeping the beginnings of prompts promises: a beginning is read once, the tokens are the same as without to the
/// last one, also while others are thrown out, and it takes no more memory than it may.
///
/// A chunk has 32 tokens; of the small model here it takes 17,472 bytes.
class PrefixReuseTest {

  private static final int VOCABULARY = 272;
  private static final long CHUNK_BYTES = 4L * (2 * 2 * 2 * 32 * 16 + VOCABULARY);
  private static final SamplingSettings LIVELY =
      SamplingSettings.of(Map.of("temperature", 0.8, "topP", 0.95, "repetitionPenalty", 1.1));

  private LanguageModelStepper stepper = stepper(100);

  private static LanguageModelStepper stepper(int chunks) {
    return new LanguageModelStepper(
        TinyLlama.open(VOCABULARY), TinyLlama.shape(VOCABULARY), 16, 128, token -> token < 4, chunks * CHUNK_BYTES);
  }

  @AfterEach
  void close() {
    stepper.close();
  }

  @Test
  void readsACommonBeginningOnce() {
    int[] brief = text(1, 75);

    assertThat(read(prompt(brief, text(2, 10), 1))).isEqualTo(85);
    assertThat(read(prompt(brief, text(3, 12), 1))).as("two whole chunks are known").isEqualTo(87 - 64);
    assertThat(read(prompt(text(4, 1), brief, 1))).as("the same words elsewhere are another text").isEqualTo(76);
  }

  @Test
  void keepsTheBeginningsOfTenantsApart() {
    PreparedPrompt ours = of("ours", text(1, 64));
    PreparedPrompt theirs = of("theirs", text(1, 64));

    TextDraft first = run(ours);
    assertThat(read(theirs)).as("how long it takes must not tell what others sent").isEqualTo(64);
    assertThat(run(theirs).answers()).usingRecursiveComparison().isEqualTo(first.answers());
    assertThat(read(ours)).isZero();
  }

  private static PreparedPrompt of(String tenant, int[] tokens) {
    return new PreparedPrompt(tokens, LIVELY, 6, new long[] {1}, () -> PreparedPrompt.NOBODY, null, tenant);
  }

  @Test
  void doesNotReadAVariantOfAPromptAgain() {
    int[] prompt = text(1, 75);
    TextDraft first = run(prompt(prompt, new int[0], 1));

    assertThat(read(prompt(prompt, new int[0], 2))).isZero();
    assertThat(run(prompt(prompt, new int[0], 1)).answers()).usingRecursiveComparison().isEqualTo(first.answers());
  }

  @Test
  void givesTheSameTokensAsWithoutWhateverWasThrownOut() {
    for (int chunks : List.of(0, 1, 2, 7, 100)) {
      stepper.close();
      stepper = stepper(chunks);
      long seed = 20261122;
      Random random = new Random(seed);
      List<PreparedPrompt> prompts = IntStream.range(0, 60).mapToObj(i -> alike(random)).toList();
      List<TextDraft> reused = together(prompts);
      try (LanguageModelStepper without = stepper(0)) {
        for (int i = 0; i < prompts.size(); i++) {
          without.admit(i, prompts.get(i));
          assertThat(reused.get(i)).as("seed %d, %d chunks, prompt %d", seed, chunks, i)
              .usingRecursiveComparison().isEqualTo(drafts(without, 1).values().iterator().next());
        }
      }
    }
  }

  @Test
  void throwsOutWhatIsLongestOutOfUse() {
    stepper.close();
    stepper = stepper(4);
    read(prompt(text(1, 64), new int[0], 1));
    read(prompt(text(2, 64), new int[0], 1));
    assertThat(read(prompt(text(1, 64), new int[0], 1))).as("still known, and used just now").isZero();

    read(prompt(text(3, 32), new int[0], 1));

    assertThat(read(prompt(text(1, 64), new int[0], 1))).isZero();
    assertThat(read(prompt(text(2, 64), new int[0], 1))).as("its second chunk had to go").isEqualTo(32);
  }

  @Test
  void keepsNothingWhereThereIsNoRoom() {
    stepper.close();
    stepper = stepper(0);

    assertThat(read(prompt(text(1, 64), new int[0], 1))).isEqualTo(64);
    assertThat(read(prompt(text(1, 64), new int[0], 1))).isEqualTo(64);
  }

  /// Three beginnings, cut anywhere, then words of its own.
  private static PreparedPrompt alike(Random random) {
    int[] beginning = IntStream.of(text(random.nextInt(3), 90)).limit(random.nextInt(1, 90)).toArray();
    int[] own = random.ints(random.nextInt(0, 12), 4, VOCABULARY).toArray();
    long[] seeds = random.longs(random.nextInt(5) == 0 ? 3 : 1).toArray();
    return new PreparedPrompt(join(beginning, own), LIVELY, random.nextInt(1, 20), seeds);
  }

  private static int[] text(long seed, int tokens) {
    return new Random(seed).ints(tokens, 4, VOCABULARY).toArray();
  }

  private static PreparedPrompt prompt(int[] beginning, int[] own, long seed) {
    return new PreparedPrompt(join(beginning, own), LIVELY, 6, new long[] {seed});
  }

  private static int[] join(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
  }

  /// How many tokens of the prompt had to be read.
  private long read(PreparedPrompt prompt) {
    DecodingTimes before = stepper.times();
    run(prompt);
    DecodingTimes took = stepper.times().since(before);
    assertThat(took.prefillTokens() + took.reusedTokens()).isEqualTo(prompt.promptTokens());
    return took.prefillTokens();
  }

  private TextDraft run(PreparedPrompt prompt) {
    stepper.admit(1, prompt);
    return drafts(stepper, 1).get(1L);
  }

  private List<TextDraft> together(List<PreparedPrompt> prompts) {
    Map<Long, TextDraft> drafts = new TreeMap<>();
    List<Integer> waiting = new ArrayList<>(IntStream.range(0, prompts.size()).boxed().toList());
    int taken = 0;
    while (drafts.size() < prompts.size()) {
      while (!waiting.isEmpty() && taken + prompts.get(waiting.getFirst()).candidates() <= 16) {
        int next = waiting.removeFirst();
        taken += prompts.get(next).candidates();
        stepper.admit(next, prompts.get(next));
      }
      for (Map.Entry<Long, TextDraft> ended : drafts(stepper, 0).entrySet()) {
        drafts.put(ended.getKey(), ended.getValue());
        taken -= ended.getValue().answers().size();
      }
    }
    return List.copyOf(drafts.values());
  }

  /// Steps at least once and until so many have ended.
  private static Map<Long, TextDraft> drafts(LanguageModelStepper stepper, int count) {
    Map<Long, TextDraft> drafts = new TreeMap<>();
    do {
      for (Ended<TextDraft> ended : stepper.step())
        drafts.put(ended.execution(), ((Ended.Finished<TextDraft>) ended).draft());
    } while (drafts.size() < count);
    return drafts;
  }
}
