package dev.penstock.bench.overload;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.bench.overload.OverloadedLane.Spread;
import java.time.Duration;
import java.util.Locale;

/// Twice as many requests as a lane can serve, all with deadlines, answers of varied length: how much of what it can do
/// it still does in time. Beside it the same load with an engine that knows no deadlines, and so refuses nothing.
///
/// Capacity is what a closed loop without deadlines gets, in the same engine right before.
public final class OverloadBenchmark implements Benchmark {

  private static final long SEED = 20261122;
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String purpose() {
    return "twice the load that can be served, with deadlines: what ends in time, and what is spent on what does not";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    Figures figures = new Figures();
    for (Spread spread : Spread.values()) figures.putAll(rounds(spread, quick, log));
    return figures;
  }

  private static Figures rounds(Spread spread, boolean quick, RunLog log) throws Exception {
    int rounds = quick ? 1 : ROUNDS;
    Duration time = Duration.ofSeconds(quick ? 5 : 15);
    double[][] ratios = new double[4][rounds];
    for (int round = 0; round < rounds; round++)
      for (boolean told : new boolean[] {true, false})
        try (OverloadedLane lane = new OverloadedLane(SEED + round, spread)) {
          double capacity = lane.closedLoop(time).goodPerSecond();
          OverloadedLane.Result result = lane.openLoop(time, 2 * capacity, told);
          ratios[told ? 0 : 2][round] = result.goodPerSecond() / capacity;
          ratios[told ? 1 : 3][round] = result.wasted();
          log.line(
              "%s lengths, round %d, %s: capacity %.1f answers/s, median service %d ms; at twice that %.1f/s in time, ratio %.3f; %.2f%% of %,d steps for what ended late",
              spread, round + 1, told ? "with deadlines told" : "without admission control", capacity,
              lane.medianService().toMillis(), result.goodPerSecond(), result.goodPerSecond() / capacity,
              100 * result.wasted(), result.steps());
        }
    String name = spread.name().toLowerCase(Locale.ROOT);
    return new Figures()
        .put(name + "_goodput_of_capacity", Figures.median(ratios[0]))
        .put(name + "_wasted_steps", Figures.median(ratios[1]))
        .put(name + "_uncontrolled_goodput_of_capacity", Figures.median(ratios[2]))
        .put(name + "_uncontrolled_wasted_steps", Figures.median(ratios[3]));
  }
}
