package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import java.nio.file.Path;
import java.time.Duration;

/// Good prompts with 10,000 hostile records among them beside the same prompts alone, in turns: through an instant
/// generator, where every record costs, and through one that is the bottleneck. There are figures only if every record
/// had exactly one outcome.
public final class HostileBenchmark implements Benchmark {

  private static final long SEED = 20261122;
  private static final int ROUNDS = 3;

  /// Of a generator that is the bottleneck: 64 slots make 640 contents a second.
  private static final Duration STEP = Duration.ofMillis(100);

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
    try (BenchFolder folder = new BenchFolder();
        Cluster cluster = new Cluster(folder.path().resolve("kafka"))) {
      Path manifest = folder.manifest();
      HostileRun instant = new HostileRun(cluster, folder.path(), manifest, SEED, Duration.ZERO);
      instant.run("hostile-warm", 2_000, 200);
      if (quick) return rounds("instant", instant, 1, 6_000, 600, log);
      HostileRun timed = new HostileRun(cluster, folder.path(), manifest, SEED, STEP);
      return rounds("instant", instant, ROUNDS, 50_000, 10_000, log)
          .putAll(rounds("timed", timed, ROUNDS, 6_000, 1_200, log));
    }
  }

  private static Figures rounds(String kind, HostileRun run, int rounds, int good, int hostile, RunLog log)
      throws Exception {
    double[] ratios = new double[rounds];
    int accounted = 0;
    for (int round = 0; round < rounds; round++) {
      String name = "hostile-" + kind + "-" + round;
      double alone = run.run(name + "-alone", good, 0).goodPerSecond();
      HostileRun.Result beside = run.run(name + "-beside", good, hostile);
      ratios[round] = beside.goodPerSecond() / alone;
      accounted += beside.outcomes().values().stream().mapToInt(Integer::intValue).sum();
      log.line(
          "%s generator, round %d, seed %d: alone %.0f good prompts/s, with %,d hostile records among %,d good %.0f, ratio %.3f; the hostile ended as %s",
          kind, round + 1, SEED, alone, hostile, good, beside.goodPerSecond(), ratios[round], beside.outcomes());
    }
    return new Figures()
        .put(kind + "_hostile_expected", (double) rounds * hostile)
        .put(kind + "_hostile_accounted", accounted)
        .put(kind + "_good_throughput_ratio", Figures.median(ratios));
  }
}
