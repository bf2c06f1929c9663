package dev.penstock.bench.text;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How much later the other rows' next token comes while a long prompt is read: 15 rows are under way, a prompt of 400
/// tokens arrives.
record DecodeDelay(TextModel model, TextLoad load, RunLog log) {

  private static final int PROMPT_TOKENS = 400;
  private static final int ANSWER_TOKENS = 120;
  private static final int WARM_STEPS = 24;

  /// @return the 95th percentile of the delay over all rounds, in undisturbed steps
  Figures run(SamplingSettings sampling, int rounds) {
    double[] delays = IntStream.range(0, rounds).mapToObj(round -> delays(sampling, round))
        .flatMapToDouble(Arrays::stream).sorted().toArray();
    double p95 = delays[(int) Math.ceil(0.95 * delays.length) - 1];
    return new Figures().put("decode_delay_p95_steps", p95);
  }

  /// One for each step in which some of the prompt was read.
  private double[] delays(SamplingSettings sampling, int round) {
    for (int row = 0; row < TextModel.SLOTS - 1; row++) {
      int[] prompt = load.requests().get(row).prompt();
      model.stepper().admit(row, new PreparedPrompt(prompt, sampling, ANSWER_TOKENS, new long[] {row}));
    }
    while (!allDecode()) continue;
    double[] quiet = new double[WARM_STEPS];
    for (int i = 0; i < quiet.length; i++) quiet[i] = step();
    double undisturbed = Figures.median(quiet);

    int[] prompt = load.requests().stream().map(TextLoad.Request::prompt).flatMapToInt(Arrays::stream)
        .limit(PROMPT_TOKENS).toArray();
    long arrived = model.times().prefillTokens();
    model.stepper().admit(TextModel.SLOTS, new PreparedPrompt(prompt, sampling, 1, new long[] {0}));
    double[] gaps = new double[PROMPT_TOKENS];
    int steps = 0;
    while (model.times().prefillTokens() < arrived + PROMPT_TOKENS) gaps[steps++] = step();
    for (int row = 0; row <= TextModel.SLOTS; row++) model.stepper().release(row);

    double[] delays = Arrays.stream(gaps).limit(steps).map(gap -> gap / undisturbed - 1).toArray();
    log.line(
        "delay round %d: undisturbed step %.1f ms, while %d tokens are read in %d steps: %s", round + 1, undisturbed,
        PROMPT_TOKENS, steps,
        Arrays.stream(gaps).limit(steps).mapToObj("%.1f"::formatted).collect(Collectors.joining(" ", "", " ms")));
    return delays;
  }

  private boolean allDecode() {
    long before = model.times().decodeRows();
    step();
    return model.times().decodeRows() - before == TextModel.SLOTS - 1;
  }

  /// @return milliseconds
  private double step() {
    long start = System.nanoTime();
    model.stepper().step();
    return (System.nanoTime() - start) / 1e6;
  }
}
