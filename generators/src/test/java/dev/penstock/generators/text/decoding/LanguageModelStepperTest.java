package dev.penstock.generators.text.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.decoding.TextDraft.Answer;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What decoding promises: the tokens of a request depend on the request alone, never on who is beside it, came before
/// or left; candidates share one reading of the prompt; answers end at stop tokens and at their length.
class LanguageModelStepperTest {

  private static final int VOCABULARY = 272;
  private static final int SLOTS = 16;
  private static final int SLOT_TOKENS = 128;
  private static final SamplingSettings GREEDY = new SamplingSettings(0, 0, 1, 0, 1);
  private static final SamplingSettings LIVELY = new SamplingSettings(0.8, 0, 0.95, 0, 1.1);

  private static final long STRANGERS = 1_000_000;

  private final List<Long> strangers = new ArrayList<>();
  private long stranger;
  private final LanguageModelStepper stepper = stepper(token -> token < 4);

  private static LanguageModelStepper stepper(IntPredicate isStop) {
    OnnxSession session = TinyLlama.open(VOCABULARY);
    return new LanguageModelStepper(session, TinyLlama.shape(VOCABULARY), SLOTS, SLOT_TOKENS, isStop);
  }

  @AfterEach
  void close() {
    stepper.close();
  }

  @Test
  void givesARequestTheSameTokensAloneAmongStrangersAndAfterOthersLeft() {
    long seed = 20261122;
    Random random = new Random(seed);
    List<PreparedPrompt> requests = IntStream.range(0, 60).mapToObj(i -> request(random)).toList();
    List<TextDraft> alone = requests.stream().map(this::alone).toList();

    Map<Long, TextDraft> together = new HashMap<>();
    int next = 0;
    while (together.size() < requests.size()) {
      while (next < requests.size() && random.nextInt(3) > 0) {
        if (free(requests, next, together) < requests.get(next).candidates()) break;
        stepper.admit(next, requests.get(next++));
      }
      disturb(random, requests.size() - together.size() > 3 && free(requests, next, together) > 0);
      collect(together);
    }

    for (int i = 0; i < requests.size(); i++)
      assertSame(together.get((long) i), alone.get(i), "seed " + seed + ", request " + i);
    assertThat(alone.stream().mapToInt(draft -> draft.answers().getFirst().tokens().length).distinct().count())
        .as("answers of many lengths, so that rows move").isGreaterThan(10);
  }

  /// Strangers that are given up after a few steps, so that rows leave at odd times.
  private void disturb(Random random, boolean mayCome) {
    if (mayCome && random.nextInt(3) == 0) {
      PreparedPrompt stray = new PreparedPrompt(new int[] {9, 10, 11}, LIVELY, 100, new long[] {stranger});
      stepper.admit(STRANGERS + stranger, stray);
      strangers.add(STRANGERS + stranger++);
    }
    if (!strangers.isEmpty() && random.nextInt(4) == 0)
      stepper.release(strangers.remove(random.nextInt(strangers.size())));
  }

  private int free(List<PreparedPrompt> requests, int admitted, Map<Long, TextDraft> ended) {
    int taken = strangers.size();
    for (int i = 0; i < admitted; i++) if (!ended.containsKey((long) i)) taken += requests.get(i).candidates();
    return SLOTS - taken;
  }

  @Test
  void readsAPromptOnceForAllItsCandidates() {
    int[] prompt = IntStream.range(0, 70).map(i -> 4 + i * 3 % 200).toArray();
    PreparedPrompt three = new PreparedPrompt(prompt, LIVELY, 20, new long[] {1, 2, 3});

    TextDraft draft = alone(three);

    assertThat(draft.answers()).hasSize(3);
    assertThat(draft.steps()).as("three chunks of 70 tokens, then at most 19 tokens").isLessThanOrEqualTo(3 + 19);
    for (int candidate = 0; candidate < 3; candidate++) {
      TextDraft single = alone(new PreparedPrompt(prompt, LIVELY, 20, new long[] {candidate + 1}));
      assertThat(draft.answers().get(candidate).tokens()).isEqualTo(single.answers().getFirst().tokens());
    }
    assertThat(draft.answers().get(0).tokens()).isNotEqualTo(draft.answers().get(1).tokens());
  }

  @Test
  void agreesWithAModelThatRemembersNothing() {
    PreparedPrompt request = new PreparedPrompt(new int[] {50, 60, 70}, GREEDY, 12, new long[] {0});
    List<Integer> expected = new ArrayList<>(List.of(50, 60, 70));
    try (LanguageModelStepper fresh = stepper(token -> false)) {
      // The whole text so far as a prompt: one token of an answer at a time.
      for (int i = 0; i < 12; i++) {
        int[] text = expected.stream().mapToInt(Integer::intValue).toArray();
        fresh.admit(i, new PreparedPrompt(text, GREEDY, 1, new long[] {0}));
        expected.add(onlyDraft(fresh).answers().getFirst().tokens()[0]);
      }
      fresh.admit(99, request);

      assertThat(onlyDraft(fresh).answers().getFirst().tokens())
          .containsExactly(expected.subList(3, 15).stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @Test
  void endsAtAStopTokenAndLeavesItOut() {
    int[] free;
    try (LanguageModelStepper endless = stepper(token -> false)) {
      endless.admit(1, new PreparedPrompt(new int[] {9, 8, 7}, LIVELY, 30, new long[] {5}));
      free = onlyDraft(endless).answers().getFirst().tokens();
    }
    try (LanguageModelStepper stopping = stepper(token -> token == free[10])) {
      stopping.admit(1, new PreparedPrompt(new int[] {9, 8, 7}, LIVELY, 30, new long[] {5}));
      Answer answer = onlyDraft(stopping).answers().getFirst();

      assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
      assertThat(answer.tokens()).hasSizeLessThanOrEqualTo(10).doesNotContain(free[10]);
      assertThat(free).startsWith(answer.tokens());
    }
  }

  @Test
  void handsOverEveryTokenButThoseOfTheLastStep() {
    stepper.admit(1, new PreparedPrompt(new int[] {9, 10, 11}, LIVELY, 20, new long[] {1, 2}));
    Map<Integer, List<Integer>> told = new HashMap<>();
    List<Ended<TextDraft>> ended;
    while ((ended = stepper.step()).isEmpty())
      for (PartialResult part : stepper.takeParts(1))
        switch (part) {
          case PartialResult.Tokens(int candidate, int[] tokens) ->
              IntStream.of(tokens).forEach(told.computeIfAbsent(candidate, _ -> new ArrayList<>())::add);
          case PartialResult.Sentence sentence -> throw new AssertionError(sentence);
        }
    List<Answer> answers = ((Ended.Finished<TextDraft>) ended.getFirst()).draft().answers();
    for (int candidate = 0; candidate < 2; candidate++) {
      List<Integer> whole = IntStream.of(answers.get(candidate).tokens()).boxed().toList();
      assertThat(told.get(candidate)).isNotEmpty().isEqualTo(whole.subList(0, told.get(candidate).size()));
      assertThat(whole.size() - told.get(candidate).size()).isLessThanOrEqualTo(1);
    }
    assertThat(stepper.takeParts(1)).isEmpty();
  }

  @Test
  void endsAtTheAllowedLength() {
    try (LanguageModelStepper endless = stepper(token -> false)) {
      endless.admit(1, new PreparedPrompt(new int[] {9}, GREEDY, 1, new long[] {5, 6}));
      TextDraft shortest = onlyDraft(endless);
      endless.admit(2, new PreparedPrompt(new int[100], GREEDY, 28, new long[] {5}));
      TextDraft full = onlyDraft(endless);

      assertThat(shortest.answers()).allSatisfy(answer -> assertThat(answer.tokens()).hasSize(1));
      assertThat(shortest.steps()).isEqualTo(1);
      assertThat(full.answers().getFirst().tokens()).hasSize(28);
      assertThat(full.answers().getFirst().finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(full.steps()).isEqualTo(4 + 27);
    }
  }

  @Test
  void freesTheSlotsOfWhoEndedOrWasReleased() {
    long[] seeds = IntStream.range(0, SLOTS).asLongStream().toArray();
    PreparedPrompt wide = new PreparedPrompt(new int[] {5, 6}, LIVELY, 5, seeds);
    for (int round = 0; round < 3; round++) {
      stepper.admit(round, wide);
      assertThatIllegalStateException()
          .isThrownBy(() -> stepper.admit(100, new PreparedPrompt(new int[] {5}, GREEDY, 5, new long[] {0})))
          .withMessage("1 slots are needed, 0 of 16 are free");
      stepper.step();
      stepper.release(round);
      stepper.release(round);
      stepper.release(12345);
    }
    stepper.admit(7, wide);
    assertThat(onlyDraft(stepper).answers()).hasSize(SLOTS);
    assertThat(stepper.step()).isEmpty();
  }

  @Test
  void failsAloneWhatComputesNoNumbers() {
    PreparedPrompt neighbour = new PreparedPrompt(new int[] {5, 6, 7}, LIVELY, 20, new long[] {1});
    TextDraft alone = alone(neighbour);
    stepper.admit(1, neighbour);
    stepper.step();
    stepper.admit(2, new PreparedPrompt(new int[] {8, VOCABULARY, 9}, GREEDY, 20, new long[] {1, 2}));

    List<Ended<TextDraft>> ended = stepper.step();

    assertThat(ended).singleElement().isInstanceOfSatisfying(Ended.Failed.class, failed -> {
      assertThat(failed.execution()).isEqualTo(2);
      assertThat(failed.cause()).hasMessage("The model computed logits that are not numbers.");
    });
    assertSame(onlyDraft(stepper), alone, "the neighbour");
    assertSame(alone(neighbour), alone, "who comes into its rows afterwards");
  }

  @Test
  void goesOnAfterARunThatFailed() {
    PreparedPrompt neighbour = new PreparedPrompt(new int[] {5, 6, 7}, LIVELY, 20, new long[] {1});
    TextDraft alone = alone(neighbour);
    stepper.admit(1, neighbour);
    stepper.step();
    stepper.admit(2, new PreparedPrompt(new int[] {8, VOCABULARY + 1}, LIVELY, 20, new long[] {1}));

    assertThatExceptionOfType(InferenceException.class).isThrownBy(stepper::step).withMessageContaining("tiny llama");
    stepper.release(1);
    stepper.release(2);

    assertSame(alone(neighbour), alone, "tried again");
  }

  @Test
  void tellsAModelWhoseRowsDependOnTheirNeighbours() {
    assertThat(stepper.batchDifference()).isEmpty();
    try (LanguageModelStepper alone = new LanguageModelStepper(
            TinyLlama.openMixingRows(VOCABULARY), TinyLlama.shape(VOCABULARY), 1, 64, token -> false);
        LanguageModelStepper mixing = new LanguageModelStepper(
            TinyLlama.openMixingRows(VOCABULARY), TinyLlama.shape(VOCABULARY), 7, 64, token -> false)) {
      assertThat(alone.batchDifference()).isEmpty();
      assertThat(mixing.batchDifference()).hasValue("in a batch of 2 than alone");
    }
  }

  @Test
  void refusesAGraphOfAnotherShape() {
    GraphShape deeper = new GraphShape(3, 2, 16, 128, VOCABULARY);
    try (OnnxSession session = TinyLlama.open(VOCABULARY)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LanguageModelStepper(session, TinyLlama.shape(300), 1, 64, token -> false))
          .withMessage("The output logits of tiny llama is FLOAT32 [-1, 1, 272], expected is FLOAT32 [-1, -1, 300]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LanguageModelStepper(session, deeper, 1, 64, token -> false))
          .withMessageContaining("tiny llama has no input past_key_values.2.key");
    }
  }

  private static PreparedPrompt request(Random random) {
    int[] prompt = random.ints(random.nextInt(1, 90), 4, VOCABULARY).toArray();
    double temperature = random.nextBoolean() ? 0 : random.nextDouble(0.2, 1.5);
    SamplingSettings sampling = new SamplingSettings(temperature, 0, 0.9, 0, 1.1);
    long[] seeds = random.longs(random.nextInt(4) == 0 ? 3 : 1).toArray();
    return new PreparedPrompt(prompt, sampling, random.nextInt(1, 38), seeds);
  }

  private TextDraft alone(PreparedPrompt request) {
    stepper.admit(-1, request);
    return onlyDraft(stepper);
  }

  private static TextDraft onlyDraft(LanguageModelStepper stepper) {
    List<Ended<TextDraft>> ended = List.of();
    while (ended.isEmpty()) ended = stepper.step();
    assertThat(ended).hasSize(1);
    return ((Ended.Finished<TextDraft>) ended.getFirst()).draft();
  }

  private void collect(Map<Long, TextDraft> drafts) {
    for (Ended<TextDraft> ended : stepper.step()) {
      TextDraft draft = ((Ended.Finished<TextDraft>) ended).draft();
      if (!strangers.remove(ended.execution()))
        assertThat(drafts.put(ended.execution(), draft)).as("ends once").isNull();
    }
  }

  private static void assertSame(TextDraft actual, TextDraft expected, String what) {
    assertThat(actual.steps()).as(what).isEqualTo(expected.steps());
    assertThat(actual.answers()).as(what).hasSameSizeAs(expected.answers());
    for (int i = 0; i < actual.answers().size(); i++) {
      assertThat(actual.answers().get(i).tokens()).as(what).isEqualTo(expected.answers().get(i).tokens());
      assertThat(actual.answers().get(i).finishReason()).as(what).isEqualTo(expected.answers().get(i).finishReason());
    }
  }
}
