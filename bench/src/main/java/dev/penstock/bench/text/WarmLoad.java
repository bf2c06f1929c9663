package dev.penstock.bench.text;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.PrepackedCache;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/// Loading a model from prepacked weights over loading it from its own files, in turns; both are in the page cache. From
/// the folder to a session that can run, everything that is read verified on the way: the model's files by SHA-256, or
/// its small files by SHA-256 and the prepacked weights by CRC-32C, which a second thread does. Counted are the time that
/// passes and, apart, the processor time, which other work on the machine disturbs less.
record WarmLoad(RunLog log) {

  private static final int REQUESTS = 6;

  /// What the figures are called and how many answers were other than those of the start that packed the weights.
  record Result(Figures figures, int unequal) {}

  Result run(String form, ModelFolder folder, TextLoad load, int rounds) throws IOException {
    Path kept = Files.createTempDirectory("penstock-bench-prepacked");
    try {
      PrepackedCache cache = LanguageModelGenerator.packedIn(kept);
      String graph = folder.manifest().languageModel().graph();
      Supplier<OnnxSession> fromFiles = () -> OnnxSession.open(ModelFolder.open(folder.path()).file(graph));
      Supplier<OnnxSession> fromPrepacked = () -> cache.open(
          ModelFolder.open(folder.path(), (file, manifest, digest) -> cache.has(graph, digest)), graph);
      log.line("load %s: the first start, which packs and proves the weights, %s", form, load(fromPrepacked));
      double[] ratios = new double[rounds];
      double[] cpuRatios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        Took cold = load(fromFiles);
        Took warm = load(fromPrepacked);
        ratios[round] = warm.millis() / cold.millis();
        cpuRatios[round] = warm.cpuMillis() / cold.cpuMillis();
        log.line("load %s round %d: cold %s, prepacked %s, ratio %.3f, of CPU %.3f", form, round + 1, cold, warm,
            ratios[round], cpuRatios[round]);
      }
      Figures figures = new Figures().put("warm_load_ratio_" + form, Figures.median(ratios))
          .put("warm_load_cpu_ratio_" + form, Figures.median(cpuRatios));
      return new Result(figures, unequal(folder, kept, load.first(REQUESTS)));
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

  private static int unequal(ModelFolder folder, Path kept, TextLoad load) throws IOException {
    SamplingSettings sampled = SamplingSettings.of(folder.manifest().parameters().validate(Map.of()));
    FileTree.delete(kept);
    PrepackedCache cache = LanguageModelGenerator.packedIn(kept);
    TextRun first;
    try (TextModel model = TextModel.open(folder, cache, 0)) {
      first = TextRun.of(model, load, Mode.CONTINUOUS, sampled);
    }
    try (TextModel model = TextModel.open(folder, cache, 0)) {
      return TextRun.of(model, load, Mode.CONTINUOUS, sampled).unequal(first);
    }
  }
}
