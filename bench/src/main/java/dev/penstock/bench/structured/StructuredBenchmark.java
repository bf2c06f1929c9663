package dev.penstock.bench.structured;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import java.util.List;

/// Advertisements as JSON that keeps a schema, beside free text for the same briefs: the same prompts, the same sampling,
/// and as many tokens for each brief, in turns, at 16 slots. Every JSON answer is checked.
public final class StructuredBenchmark implements Benchmark {

  private static final String MODEL = "smollm2-135m-instruct";

  @Override
  public String name() {
    return "structured";
  }

  @Override
  public String purpose() {
    return "answers that keep a JSON Schema beside free text of the same length, with one language model";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    ModelFolder folder = ModelRepository.of(List.of(), System.getenv()).find(MODEL);
    log.line("model %s, digest %s", MODEL, folder.digest());
    int rounds = quick ? 8 : 40;
    int briefs = quick ? 16 : 25;
    double[] ratios = new double[rounds];
    double[] cpuRatios = new double[rounds];
    int kept = 0;
    try (AdvertisingModel model = new AdvertisingModel(folder)) {
      log.line("first schema: compiled and first prompt prepared in %.0f ms of processor time", model.compileMillis());
      model.run(0, 16);
      for (int round = 0; round < rounds; round++) {
        AdvertisingModel.Run json = model.run(round * briefs, briefs);
        AdvertisingModel.Run free = model.runFreely(json);
        kept += json.kept();
        ratios[round] = json.seconds() / free.seconds();
        cpuRatios[round] = json.cpuSeconds() / free.cpuSeconds();
        log.line(
            "round %d: %d answers, %d keep the schema, %d tokens; JSON %.2f s, %.2f s CPU; free %.2f s, %.2f s CPU; ratio %.3f, CPU %.3f",
            round + 1, briefs, json.kept(), json.tokens(), json.seconds(), json.cpuSeconds(), free.seconds(),
            free.cpuSeconds(), ratios[round], cpuRatios[round]);
        log.line("for example %s", json.texts().getFirst());
      }
    }
    return new Figures()
        .put("constrained_cost_ratio", Figures.median(ratios))
        .put("constrained_cpu_cost_ratio", Figures.median(cpuRatios))
        .put("constrained_outputs", rounds * briefs)
        .put("constrained_parse_share", (double) kept / (rounds * briefs));
  }
}
