package dev.penstock.bench.soak;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.chaos.load.Arrivals;
import dev.penstock.chaos.load.PromptSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An instance of generator-stream, in a process of its own, at 70% of the load that it can take: does its memory, its
/// latency or the number of its open files grow? After a quarter of the time, which is for warming up. Its heap has all its
/// pages from the start, so what is beside it and what lives on it are followed as well.
///
/// In its hostile form there are hostile records among the prompts, 10,000 in 20 minutes, and each must have exactly one
/// outcome; before, it is measured what they cost the good prompts of a backlog.
public final class SoakBenchmark implements Benchmark {

  private static final long SEED = 20261122;
  private static final double LOAD = 0.7;
  private static final double SPAN_MINUTES = 10;
  private static final int ROUNDS = 3;
  private static final double HOSTILE_PER_SECOND = 10_000 / 1_200.0;

  /// To 200 good ones a second.
  private static final double HOSTILE_IN_A_BACKLOG = 40;

  private final Duration length;
  private final boolean hostile;

  private SoakBenchmark(Duration length, boolean hostile) {
    this.length = length;
    this.hostile = hostile;
  }

  /// Good prompts alone, and with hostile records among them.
  public static List<SoakBenchmark> all() {
    return List.of(new SoakBenchmark(Duration.ofMinutes(20), false), new SoakBenchmark(Duration.ofMinutes(20), true));
  }

  /// The same for another time.
  public SoakBenchmark lasting(Duration other) {
    return new SoakBenchmark(other, hostile);
  }

  @Override
  public String name() {
    return hostile ? "soak/hostile" : "soak";
  }

  @Override
  public String purpose() {
    return "growth of memory, latency and open files of an instance at 70% load"
        + (hostile ? ", with hostile records among the prompts" : "");
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    Duration time = quick ? Duration.ofMinutes(4) : length;
    Path folder = Files.createTempDirectory("penstock-soak-");
    try (SoakSite site = SoakSite.start(folder);
        Arrivals arrivals = new Arrivals(site.clients(), site.registry())) {
      SoakLoad load = new SoakLoad(site, new PromptSet(200), arrivals, SEED);
      load.backlog("warm-up", hostile ? HOSTILE_PER_SECOND : 0);
      Figures figures = new Figures();
      double capacity = hostile ? beside(load, figures, log) : load.backlog("capacity", 0).goodPerSecond();
      log.line("capacity %.1f prompts/s; now %.0f%% of it for %d minutes", capacity, 100 * LOAD, time.toMinutes());
      List<Series> series = soak(site, load, LOAD * capacity, time, figures, log);
      return figures.putAll(told(series, time.toSeconds() / 4.0, log));
    } finally {
      SoakSite.remove(folder);
    }
  }

  /// What good prompts of a backlog lose, in turns.
  ///
  /// @return good prompts a second without hostile records
  private static double beside(SoakLoad load, Figures figures, RunLog log) throws Exception {
    double[] alone = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      alone[round] = load.backlog("alone-" + round, 0).goodPerSecond();
      SoakLoad.Ended beside = load.backlog("beside-" + round, HOSTILE_IN_A_BACKLOG);
      ratios[round] = beside.goodPerSecond() / alone[round];
      log.line(
          "round %d: alone %.1f prompts/s, with %d hostile records among %d good prompts %.1f, ratio %.3f; the hostile ended as %s",
          round + 1, alone[round], beside.hostileRecords(), beside.journeys().size(), beside.goodPerSecond(), ratios[round], beside.hostile());
    }
    figures.put("good_throughput_ratio", Figures.median(ratios));
    return Figures.median(alone);
  }

  private List<Series> soak(SoakSite site, SoakLoad load, double perSecond, Duration time, Figures figures, RunLog log)
      throws Exception {
    Watched watched = new Watched(site.gauge(), Instant.now());
    SoakLoad.Ended ended =
        load.during("soak", perSecond, hostile ? HOSTILE_PER_SECOND : 0, () -> watched.lookFor(time));
    if (hostile) {
      log.line("%,d hostile records among %,d prompts ended as %s", ended.hostileRecords(), ended.journeys().size(), ended.hostile());
      figures.put("hostile_records", ended.hostileRecords());
    }
    return watched.with(ended);
  }

  private static Figures told(List<Series> series, double fromSeconds, RunLog log) {
    Figures figures = new Figures();
    for (Series one : series) {
      Trend trend = one.trend(fromSeconds);
      log.line(
          "%s: mean %.2f, slope %+.4f a minute, its 95%% upper bound %+.4f, which is %+.2f%% of the mean in 10 minutes",
          one.name(), trend.mean(), trend.slope(), trend.upperSlope(), 100 * trend.mostGrowth(SPAN_MINUTES));
      log.picture(one.picture(fromSeconds));
      figures
          .put(one.name() + "_mean", trend.mean())
          .put(one.name() + "_most_growth_in_10_minutes", trend.mostGrowth(SPAN_MINUTES));
    }
    return figures;
  }
}
