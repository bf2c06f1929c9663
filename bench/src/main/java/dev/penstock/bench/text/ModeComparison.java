package dev.penstock.bench.text;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// One load in several modes, in turns, with one model. The answers of all modes and rounds must be the same tokens.
final class ModeComparison {

  private final TextModel model;
  private final String form;
  private final TextLoad load;
  private final SamplingSettings sampling;
  private final Map<Mode, List<TextRun>> runs = new EnumMap<>(Mode.class);

  /// @param form as in the figures' names: `q4` or `q8`
  ModeComparison(TextModel model, String form, TextLoad load, SamplingSettings sampling) {
    this.model = model;
    this.form = form;
    this.load = load;
    this.sampling = sampling;
  }

  ModeComparison run(List<Mode> modes, int rounds, RunLog log) {
    log.line(
        "%s, %s: %d requests, %d prompt tokens, %d answer tokens", load.name(), form, load.requests().size(),
        load.promptTokens(), load.answerTokens());
    TextRun.of(model, load.first(4), Mode.CONTINUOUS, sampling);
    for (int round = 1; round <= rounds; round++) {
      for (Mode mode : modes) {
        TextRun run = TextRun.of(model, load, mode, sampling);
        runs.computeIfAbsent(mode, key -> new ArrayList<>()).add(run);
        log.line("%s %s round %d: %s", load.name(), form, round, run.line());
      }
    }
    return this;
  }

  /// Tokens a second of continuous batching over those of `other`: all of it, its decoding and its prefill runs apart,
  /// and tokens a second of processor time, which other work on the machine disturbs least.
  Figures ratiosTo(Mode other) {
    String against = "_continuous_vs_" + other.word() + "_" + form;
    return new Figures()
        .put(load.name() + against, ratio(other, TextRun::tokensPerSecond))
        .put(load.name() + "_cpu" + against, ratio(other, TextRun::tokensPerCpuSecond))
        .put(load.name() + "_decode" + against, ratio(other, TextRun::decodePerSecond))
        .put(load.name() + "_prefill" + against, ratio(other, TextRun::prefillPerSecond));
  }

  /// The median over the rounds of what continuous batching gives over what `other` gives in the same round.
  private double ratio(Mode other, ToDoubleFunction<TextRun> what) {
    List<TextRun> ours = runs.get(Mode.CONTINUOUS);
    List<TextRun> theirs = runs.get(other);
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++)
      ratios[i] = what.applyAsDouble(ours.get(i)) / what.applyAsDouble(theirs.get(i));
    return Figures.median(ratios);
  }

  /// The median share of continuous batching's time in which no run was under way.
  double outsideShare() {
    return Figures.median(runs.get(Mode.CONTINUOUS).stream().mapToDouble(TextRun::outsideShare).toArray());
  }

  /// Answers that differ from those of the first run.
  int unequal() {
    List<TextRun> all = runs.values().stream().flatMap(List::stream).toList();
    return all.stream().mapToInt(run -> run.unequal(all.getFirst())).sum();
  }
}
