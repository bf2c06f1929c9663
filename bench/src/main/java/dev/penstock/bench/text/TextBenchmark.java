package dev.penstock.bench.text;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.text.Tokenizer;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.List;
import java.util.Map;

/// What continuous batching gives over one by one and over static batches, what the engine itself costs, and how long
/// rows wait for a neighbour's prompt; and all that [AnswersBenchmark] and [LoadingBenchmark] measure.
///
/// Every request writes its whole length, so all modes write the same number of tokens. Prompts are read anew in
/// every run.
public final class TextBenchmark implements Benchmark {

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String purpose() {
    return "continuous batching beside one by one and static batches, with one language model";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    TextModels models = new TextModels(log);
    log.line("ONNX Runtime %s, %d threads", OnnxRuntime.version(), OnnxRuntime.intraThreads());
    Figures figures = new Figures();
    ModelFolder q4 = models.q4();
    int unequal = fourBit(q4, quick, figures, log);
    unequal += eightBit(models.q8(), quick, figures, log);
    unequal += prefixes(q4, quick, figures, log);
    unequal += AnswersBenchmark.unequal(q4, quick, log);
    unequal += LoadingBenchmark.run(models, quick, figures, log);
    figures.put("unequal_outputs", unequal);
    if (unequal > 0) throw new IllegalStateException(unequal + " answers differ between modes or rounds");
    return figures;
  }

  private static int fourBit(ModelFolder folder, boolean quick, Figures figures, RunLog log) throws Exception {
    SamplingSettings greedy = SamplingSettings.of(Map.of());
    SamplingSettings sampled = SamplingSettings.of(folder.manifest().parameters().validate(Map.of()));
    int rounds = quick ? 1 : 3;
    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json")); TextModel model = TextModel.open(folder)) {
      TextLoad shortLoad = sized(TextLoad.ofShortPrompts(tokenizer), quick);
      TextLoad longLoad = sized(TextLoad.ofLongPrompts(tokenizer), quick);
      List<Mode> all = List.of(Mode.values());
      ModeComparison shorts = new ModeComparison(model, "q4", shortLoad, greedy).run(all, rounds, log);
      ModeComparison longs = new ModeComparison(model, "q4", longLoad, greedy).run(all, rounds, log);
      for (ModeComparison comparison : List.of(shorts, longs))
        for (Mode other : List.of(Mode.SINGLE, Mode.STATIC)) figures.putAll(comparison.ratiosTo(other));
      log.line("sampled as the model's manifest has it by default: %s", sampled);
      ModeComparison draws =
          new ModeComparison(model, "q4", shortLoad, sampled).run(List.of(Mode.CONTINUOUS), rounds + 1, log);
      figures.put("outside_ort_share_greedy", shorts.outsideShare());
      figures.put("outside_ort_share_sampled", draws.outsideShare());
      figures.putAll(new DecodeDelay(model, TextLoad.ofLongPrompts(tokenizer), log).run(greedy, quick ? 4 : 8));
      return shorts.unequal() + longs.unequal() + draws.unequal();
    }
  }

  private static int eightBit(ModelFolder folder, boolean quick, Figures figures, RunLog log) throws Exception {
    SamplingSettings greedy = SamplingSettings.of(Map.of());
    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json")); TextModel model = TextModel.open(folder)) {
      int unequal = 0;
      for (TextLoad load : List.of(TextLoad.ofShortPrompts(tokenizer), TextLoad.ofLongPrompts(tokenizer))) {
        ModeComparison comparison = new ModeComparison(model, "q8", sized(load, quick), greedy)
            .run(List.of(Mode.SINGLE, Mode.CONTINUOUS), quick ? 1 : 3, log);
        figures.putAll(comparison.ratiosTo(Mode.SINGLE));
        unequal += comparison.unequal();
      }
      return unequal;
    }
  }

  private static int prefixes(ModelFolder folder, boolean quick, Figures figures, RunLog log) throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json"))) {
      PrefixReuse.Result result = new PrefixReuse(log).run(folder, tokenizer, quick ? 5 : 15);
      figures.putAll(result.figures());
      return result.unequal();
    }
  }

  private static TextLoad sized(TextLoad load, boolean quick) {
    return quick ? load.first(24) : load;
  }
}
