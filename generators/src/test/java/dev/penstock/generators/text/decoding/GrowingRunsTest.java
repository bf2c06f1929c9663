package dev.penstock.generators.text.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a graph that returns its keys and values grown promises: the tokens that it gives when it reads the whole text
/// anew for each of them, the same alone and beside rows of equal and of other lengths, and a run for all rows of equal
/// length together.
class GrowingRunsTest {

  private static final int VOCABULARY = 272;
  private static final SamplingSettings GREEDY = SamplingSettings.of(Map.of());
  private static final SamplingSettings LIVELY = SamplingSettings.of(Map.of("temperature", 0.8, "topP", 0.95));

  private final LanguageModelStepper stepper = stepper(0);

  private static LanguageModelStepper stepper(long prefixBytes) {
    return new LanguageModelStepper(
        GrowingLlama.open(VOCABULARY), GrowingLlama.shape(VOCABULARY), 16, 128, token -> token < 4, prefixBytes);
  }

  @AfterEach
  void close() {
    stepper.close();
  }

  @Test
  void agreesWithAModelThatRemembersNothing() {
    List<Integer> text = new ArrayList<>(IntStream.range(0, 40).map(i -> 4 + i * 7 % 200).boxed().toList());
    int[] prompt = text.stream().mapToInt(Integer::intValue).toArray();
    for (int i = 0; i < 6; i++) {
      int[] all = text.stream().mapToInt(Integer::intValue).toArray();
      text.add(run(stepper, List.of(new PreparedPrompt(all, GREEDY, 1, new long[] {0}))).getFirst()
          .answers().getFirst().tokens()[0]);
    }

    TextDraft draft = run(stepper, List.of(new PreparedPrompt(prompt, GREEDY, 6, new long[] {0}))).getFirst();

    assertThat(draft.answers().getFirst().tokens())
        .containsExactly(text.subList(40, 46).stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void givesARequestTheSameTokensAloneAndAmongStrangersAndWhereBeginningsAreKept() {
    Random random = new Random(20261122);
    List<PreparedPrompt> prompts = IntStream.range(0, 48).mapToObj(i -> request(random)).toList();
    List<TextDraft> alone =
        prompts.stream().map(prompt -> run(stepper, List.of(prompt)).getFirst()).toList();

    assertThat(run(stepper, prompts)).usingRecursiveComparison().isEqualTo(alone);
    try (LanguageModelStepper keeping = stepper(1 << 20)) {
      assertThat(run(keeping, prompts)).usingRecursiveComparison().isEqualTo(alone);
      assertThat(run(keeping, prompts)).usingRecursiveComparison().isEqualTo(alone);
      assertThat(keeping.times().reusedTokens()).isPositive();
    }
    assertThat(stepper.batchDifference()).isEmpty();
  }

  @Test
  void refusesAGraphWithInputsOfItsOwn() {
    try (OnnxSession session = GrowingLlama.open(VOCABULARY)) {
      GraphShape deeper = new GraphShape(2, 2, 16, 128, VOCABULARY);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LanguageModelStepper(session, deeper, 1, 64, token -> false))
          .withMessageContaining("growing llama has no input past_key_values.1.key");
    }
  }

  /// Half of the prompts have the same length.
  private static PreparedPrompt request(Random random) {
    int tokens = random.nextBoolean() ? 20 : random.nextInt(1, 90);
    int[] prompt = random.ints(tokens, 4, VOCABULARY).toArray();
    return new PreparedPrompt(
        prompt, random.nextBoolean() ? GREEDY : LIVELY, random.nextInt(1, 30), new long[] {random.nextLong()});
  }

  private static List<TextDraft> run(LanguageModelStepper stepper, List<PreparedPrompt> prompts) {
    Map<Long, TextDraft> drafts = new TreeMap<>();
    for (int next = 0; drafts.size() < prompts.size(); ) {
      for (; next < prompts.size() && next - drafts.size() < 16; next++) stepper.admit(next, prompts.get(next));
      for (Ended<TextDraft> ended : stepper.step())
        drafts.put(ended.execution(), ((Ended.Finished<TextDraft>) ended).draft());
    }
    return List.copyOf(drafts.values());
  }
}
