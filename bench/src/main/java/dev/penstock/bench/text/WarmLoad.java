package dev.penstock.bench.text;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.PrepackedCache;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Loading a graph from prepacked weights over loading it from the model's own file, in turns; the model's files and the
/// prepacked ones are in the page cache. Counted is the processor time of the loading, checks of checksums included,
/// since other work on the machine hardly disturbs it.
record WarmLoad(RunLog log) {

  private static final int REQUESTS = 6;

  /// What the figures are called and how many answers were other than without the cache.
  record Result(Figures figures, int unequal) {}

  Result run(String form, ModelFolder folder, TextLoad load, int rounds) throws IOException {
    Path kept = Files.createTempDirectory("penstock-bench-prepacked");
    try {
      PrepackedCache cache = PrepackedCache.in(kept);
      Path graph = folder.file(folder.manifest().languageModel().graph());
      load(() -> cache.open(graph, folder.digest()));
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        Took cold = load(() -> OnnxSession.open(graph));
        Took warm = load(() -> cache.open(graph, folder.digest()));
        ratios[round] = warm.cpuMillis() / cold.cpuMillis();
        log.line("load %s round %d: cold %s, prepacked %s, ratio %.3f", form, round + 1, cold, warm, ratios[round]);
      }
      Figures figures = new Figures().put("warm_load_ratio_" + form, Figures.median(ratios));
      return new Result(figures, unequal(folder, cache, load.first(REQUESTS)));
    } finally {
      FileTree.delete(kept);
    }
  }

  private record Took(double cpuMillis, double millis) {
    @Override
    public String toString() {
      return "%.0f ms of CPU in %.0f ms".formatted(cpuMillis, millis);
    }
  }

  private static Took load(Supplier<OnnxSession> loading) {
    long cpu = TextRun.cpuNanos();
    long start = System.nanoTime();
    OnnxSession session = loading.get();
    Took took = new Took((TextRun.cpuNanos() - cpu) / 1e6, (System.nanoTime() - start) / 1e6);
    session.close();
    return took;
  }

  private static int unequal(ModelFolder folder, PrepackedCache cache, TextLoad load) {
    SamplingSettings sampled = SamplingSettings.of(folder.manifest().parameters().validate(java.util.Map.of()));
    TextRun plain;
    try (TextModel model = TextModel.open(folder)) {
      plain = TextRun.of(model, load, Mode.CONTINUOUS, sampled);
    }
    try (TextModel model = TextModel.open(folder, cache)) {
      return TextRun.of(model, load, Mode.CONTINUOUS, sampled).unequal(plain);
    }
  }
}
