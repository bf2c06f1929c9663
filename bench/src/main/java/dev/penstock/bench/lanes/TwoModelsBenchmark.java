package dev.penstock.bench.lanes;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// SmolLM2 and a second model on one device, each kept busy.
///
/// The two make different things at different speeds, so each is measured in its own speed alone: what both do
/// together is the sum of their shares of it, and the better one alone is 1. With bulk of one and urgent work of the
/// other, the urgent model's share of the device's time says whether priority holds across lanes, and the delay of a
/// single urgent request, in steps of the bulk model, what it waits for.
public final class TwoModelsBenchmark implements Benchmark {

  private static final String FIRST = "smollm2-135m-instruct";
  private static final Duration WARM = Duration.ofMillis(1_500);
  private static final int PLAN_THREADS = 2;

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String purpose() {
    return "two models at once on one device beside each of them alone, and urgent work of one beside bulk of the other";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    Figures figures = new Figures();
    double worst = Double.MAX_VALUE;
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      for (String second : List.of("tiny-copywriter", "fashion-cvae")) {
        try (StepEngine engine =
            new StepEngine(EngineSettings.withoutCrashEvidence(PLAN_THREADS), EngineClock.system())) {
          Saturation first = saturation(engine, FIRST, embedder, log);
          Figures pair = new Pair(engine, first, saturation(engine, second, embedder, log), log).run(quick);
          figures.putAll(pair);
          worst = Math.min(worst, pair.entries().getFirst().getValue());
        }
      }
    }
    return figures.put("two_models_vs_best_alone", worst);
  }

  private static Saturation saturation(StepEngine engine, String name, MiniLmEmbedder embedder, RunLog log)
      throws IOException {
    ModelFolder folder = ModelRepository.of(List.of(), System.getenv()).find(name);
    engine.offer(folder.digest(), GeneratorLoader.source(folder, embedder));
    engine.warm(folder.digest()).join();
    log.line("%s, digest %s", name, folder.digest());
    return new Saturation(engine, folder);
  }

  private record Pair(StepEngine engine, Saturation first, Saturation second, RunLog log) {

    private Figures run(boolean quick) throws Exception {
      int rounds = quick ? 1 : 5;
      Duration time = Duration.ofMillis(quick ? 3_000 : 5_000);
      double[] together = new double[rounds];
      double[] perCpu = new double[rounds];
      double[] share = new double[rounds];
      double[] delay = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        Window aloneFirst = alone(first, time);
        Window aloneSecond = alone(second, time);
        Window both = window(Priority.NORMAL, Priority.NORMAL, time.multipliedBy(2));
        String a = first.digest();
        String b = second.digest();
        double shareFirst = both.rowsPerSecond(a) / aloneFirst.rowsPerSecond(a);
        double shareSecond = both.rowsPerSecond(b) / aloneSecond.rowsPerSecond(b);
        together[round] = shareFirst + shareSecond;
        perCpu[round] =
            both.rowsPerCpuSecond(a) / aloneFirst.rowsPerCpuSecond(a)
                + both.rowsPerCpuSecond(b) / aloneSecond.rowsPerCpuSecond(b);
        share[round] = urgentShare(time);
        delay[round] = urgentDelay(quick ? 20 : 40);
        log.line(
            "%s beside %s, round %d: alone %.0f and %.0f rows/s; together %.2f + %.2f = %.2f of that,"
                + " %.2f per CPU second; urgent %s beside"
                + " bulk has %.3f of the device's time; urgent %s waits %.2f steps of bulk",
            first.name(), second.name(), round + 1, aloneFirst.rowsPerSecond(a), aloneSecond.rowsPerSecond(b),
            shareFirst, shareSecond, together[round], perCpu[round], first.name(), share[round], second.name(),
            delay[round]);
      }
      String suffix = "_" + second.name().replace('-', '_');
      return new Figures()
          .put("two_models_vs_best_alone" + suffix, Figures.median(together))
          .put("two_models_vs_best_alone_per_cpu" + suffix, Figures.median(perCpu))
          .put("urgent_share_of_device" + suffix, Figures.median(share))
          .put("urgent_delay_steps" + suffix, Figures.median(delay));
    }

    private Window alone(Saturation model, Duration time) throws InterruptedException {
      model.start(Priority.NORMAL);
      Thread.sleep(WARM);
      Window window = Window.of(engine, time);
      model.stop();
      return window;
    }

    private Window window(Priority ofFirst, Priority ofSecond, Duration time) throws InterruptedException {
      second.start(ofSecond);
      first.start(ofFirst);
      Thread.sleep(WARM);
      Window window = Window.of(engine, time);
      first.stop();
      second.stop();
      return window;
    }

    private double urgentShare(Duration time) throws InterruptedException {
      Window window = window(Priority.URGENT, Priority.BULK, time);
      double urgent = window.deviceSeconds(first.digest());
      return urgent / (urgent + window.deviceSeconds(second.digest()));
    }

    /// What an urgent request of the second model takes longer beside bulk of the first, in steps of the first.
    private double urgentDelay(int requests) throws Exception {
      UrgentLatency latency = new UrgentLatency(engine, second);
      double quiet = latency.median(requests);
      first.start(Priority.BULK);
      Thread.sleep(WARM);
      double step = Window.of(engine, WARM).stepMillis(first.digest());
      double disturbed = latency.median(requests);
      first.stop();
      return (disturbed - quiet) / step;
    }
  }
}
