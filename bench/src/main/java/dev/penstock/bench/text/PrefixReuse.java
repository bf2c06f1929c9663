package dev.penstock.bench.text;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.Tokenizer;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The time to the first token of prompts that share their first 400 tokens and have 4 to 24 of their own, with what is
/// known of the beginning over without, in turns.
record PrefixReuse(RunLog log) {

  private static final int SHARED_TOKENS = 400;
  private static final int MOST_OWN_TOKENS = 24;
  /// The first of many ids that are plain words; each round begins its own part with another one.
  private static final int ANY_WORD = 1000;
  private static final int ANSWER_TOKENS = 12;
  private static final long PREFIX_BYTES = 128L << 20;

  /// What the figures are called and how many answers were other than without.
  record Result(Figures figures, int unequal) {}

  Result run(ModelFolder folder, Tokenizer tokenizer, int rounds) {
    SamplingSettings greedy = SamplingSettings.of(Map.of());
    try (TextModel without = TextModel.open(folder, 0); TextModel with = TextModel.open(folder, PREFIX_BYTES)) {
      int[] shared = TextLoad.prompt(tokenizer, 400, SHARED_TOKENS);
      firstToken(with, prompt(tokenizer, shared, -1));
      firstToken(without, prompt(tokenizer, shared, -1));
      double[] ratios = new double[rounds];
      int unequal = 0;
      for (int round = 0; round < rounds; round++) {
        int[] prompt = prompt(tokenizer, shared, round);
        double read = firstToken(without, prompt);
        double reused = firstToken(with, prompt);
        ratios[round] = reused / read;
        log.line(
            "prefix round %d: first token of %d tokens after %.1f ms, %d of them known after %.1f ms, ratio %.3f",
            round + 1, prompt.length, read, SHARED_TOKENS, reused, ratios[round]);
        if (!Arrays.equals(answer(with, prompt, greedy), answer(without, prompt, greedy))) unequal++;
      }
      return new Result(new Figures().put("prefix_ttft_ratio", Figures.median(ratios)), unequal);
    }
  }

  private static int[] prompt(Tokenizer tokenizer, int[] shared, int round) {
    int[] own = TextLoad.prompt(tokenizer, round, 4 + Math.floorMod(round * 7, MOST_OWN_TOKENS - 3));
    own[0] = ANY_WORD + round;
    return IntStream.concat(IntStream.of(shared), IntStream.of(own)).toArray();
  }

  /// @return milliseconds
  private static double firstToken(TextModel model, int[] prompt) {
    PreparedPrompt one = new PreparedPrompt(prompt, SamplingSettings.of(Map.of()), 1, new long[] {0});
    long start = System.nanoTime();
    model.stepper().admit(0, one);
    while (model.stepper().step().isEmpty()) continue;
    return (System.nanoTime() - start) / 1e6;
  }

  private static int[] answer(TextModel model, int[] prompt, SamplingSettings sampling) {
    model.stepper().admit(0, new PreparedPrompt(prompt, sampling, ANSWER_TOKENS, new long[] {0}));
    List<Ended<TextDraft>> ended = new ArrayList<>();
    while (ended.isEmpty()) ended.addAll(model.stepper().step());
    return TextRun.tokens(ended.getFirst());
  }
}
