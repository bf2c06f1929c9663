package dev.penstock.bench.text;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.text.Tokenizer;
import java.util.Map;

/// What prepacked weights on disk save when a model is loaded.
public final class LoadingBenchmark implements Benchmark {

  @Override
  public String name() {
    return "loading";
  }

  @Override
  public String purpose() {
    return "loading a language model from prepacked weights beside loading it from its own files";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    log.line("ONNX Runtime %s, %d threads", OnnxRuntime.version(), OnnxRuntime.intraThreads());
    Figures figures = new Figures();
    int unequal = run(new TextModels(log), quick, figures, log);
    if (unequal > 0) throw new IllegalStateException(unequal + " answers differ with prepacked weights");
    return figures;
  }

  /// @return how many answers are others with prepacked weights
  static int run(TextModels models, boolean quick, Figures figures, RunLog log) throws Exception {
    int unequal = 0;
    for (var form : Map.of("q4", models.q4(), "fp32", models.float32()).entrySet())
      unequal += run(form.getKey(), form.getValue(), quick, figures, log);
    return unequal;
  }

  private static int run(String form, ModelFolder folder, boolean quick, Figures figures, RunLog log) throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json"))) {
      WarmLoad.Result result =
          new WarmLoad(log).run(form, folder, TextLoad.ofShortPrompts(tokenizer), quick ? 3 : 7);
      figures.putAll(result.figures());
      return result.unequal();
    }
  }
}
