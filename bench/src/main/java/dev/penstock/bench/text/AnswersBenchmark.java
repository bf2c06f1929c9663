package dev.penstock.bench.text;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.text.Tokenizer;

/// How many answers of SmolLM2 change with what runs beside them, with restarts, or with the beginnings of prompts kept.
public final class AnswersBenchmark implements Benchmark {

  @Override
  public String name() {
    return "answers";
  }

  @Override
  public String purpose() {
    return "answers alone, among strangers, after restarts and with known beginnings, which must be the same tokens";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    log.line("ONNX Runtime %s, %d threads", OnnxRuntime.version(), OnnxRuntime.intraThreads());
    int unequal = unequal(new TextModels(log).q4(), quick, log);
    if (unequal > 0) throw new IllegalStateException(unequal + " answers differ");
    return new Figures().put("unequal_outputs", unequal);
  }

  static int unequal(ModelFolder folder, boolean quick, RunLog log) throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json"))) {
      return new SameAnswers(log).run(folder, tokenizer, quick ? 48 : 208);
    }
  }
}
