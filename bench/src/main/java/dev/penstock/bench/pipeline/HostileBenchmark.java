package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.bench.hostile.HostileRecords.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Good prompts with 10,000 hostile records among them beside the same prompts alone, in turns: through an instant
/// generator, where every record costs, and through one that is the bottleneck. There are figures only if every record
/// had exactly one outcome.
public final class HostileBenchmark implements Benchmark {

  private static final long SEED = 20261122;
  private static final int ROUNDS = 3;
  private static final List<Kind> ALL = List.of(Kind.values());

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
      instant.run("hostile-warm", 2_000, 200, ALL);
      if (quick) return rounds("instant", instant, 1, 6_000, 600, log);
      HostileRun timed = new HostileRun(cluster, folder.path(), manifest, SEED, STEP);
      return rounds("instant", instant, ROUNDS, 50_000, 10_000, log)
          .putAll(rounds("timed", timed, 1, 50_000, 10_000, log))
          .putAll(byKind(instant, 10_000, 2_000, log));
    }
  }

  /// What a record of each kind takes, beside an instant generator.
  private static Figures byKind(HostileRun run, int good, int hostile, RunLog log) throws Exception {
    Figures figures = new Figures();
    double alone = run.run("hostile-kinds-alone", good, 0, ALL).goodPerSecond();
    for (Kind kind : ALL) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      HostileRun.Result beside = run.run("hostile-" + name, good, hostile, List.of(kind));
      double micros = (1e6 / beside.goodPerSecond() - 1e6 / alone) * good / hostile;
      log.line(
          "%s: %,d among %,d, good prompts kept %.3f of %.0f/s, %.0f us a hostile record; ended as %s",
          kind, hostile, good, beside.goodPerSecond() / alone, alone, micros, beside.outcomes());
      figures.put("micros_" + kind.name().toLowerCase(Locale.ROOT), micros);
    }
    return figures;
  }

  private static Figures rounds(String kind, HostileRun run, int rounds, int good, int hostile, RunLog log)
      throws Exception {
    double[] ratios = new double[rounds];
    int accounted = 0;
    for (int round = 0; round < rounds; round++) {
      String name = "hostile-" + kind + "-" + round;
      double alone = run.run(name + "-alone", good, 0, ALL).goodPerSecond();
      HostileRun.Result beside = run.run(name + "-beside", good, hostile, ALL);
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
