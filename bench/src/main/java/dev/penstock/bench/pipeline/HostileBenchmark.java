package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.schemas.Outcome;
import java.util.Map;

/// Good prompts with 10,000 hostile records among them beside the same prompts alone, in turns. There are figures only
/// if every record had exactly one outcome.
public final class HostileBenchmark implements Benchmark {

  private static final long SEED = 20261122;

  @Override
  public String name() {
    return "hostile";
  }

  @Override
  public String purpose() {
    return "good prompts with hostile records among them beside the same prompts alone";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    int rounds = quick ? 1 : 3;
    int good = quick ? 6_000 : 50_000;
    int hostile = quick ? 600 : 10_000;
    double[] ratios = new double[rounds];
    int accounted = 0;
    try (BenchFolder folder = new BenchFolder();
        Cluster cluster = new Cluster(folder.path().resolve("kafka"))) {
      HostileRun run = new HostileRun(cluster, folder.path(), folder.manifest(), SEED);
      run.run("hostile-warm", 2_000, 200);
      for (int round = 0; round < rounds; round++) {
        double alone = run.run("hostile-alone-" + round, good, 0).goodPerSecond();
        HostileRun.Result beside = run.run("hostile-beside-" + round, good, hostile);
        ratios[round] = beside.goodPerSecond() / alone;
        accounted += beside.outcomes().values().stream().mapToInt(Integer::intValue).sum();
        log.line(
            "round %d, seed %d: alone %.0f good prompts/s, with %,d hostile records among %,d good %.0f, ratio %.3f; hostile ended as %s",
            round + 1, SEED, alone, hostile, good, beside.goodPerSecond(), ratios[round], words(beside.outcomes()));
      }
    }
    return new Figures()
        .put("hostile_accounted", accounted)
        .put("hostile_expected", (double) rounds * hostile)
        .put("good_throughput_ratio", Figures.median(ratios));
  }

  private static String words(Map<Outcome, Integer> outcomes) {
    return outcomes.toString();
  }
}
