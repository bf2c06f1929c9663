package dev.penstock.bench.soak;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.chaos.load.Arrivals;
import dev.penstock.chaos.load.Journey;
import dev.penstock.chaos.load.PromptSet;
import dev.penstock.chaos.load.SteadyLoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An instance of generator-stream, in a process of its own, at 70% of the load that it can take: does its memory, its
/// latency or the number of its open files grow? After a quarter of the time, which is for warming up. Its heap has all its
/// pages from the start, so what is beside it and what lives on it are followed as well.
public final class SoakBenchmark implements Benchmark {

  private static final long SEED = 20261122;
  private static final double LOAD = 0.7;
  private static final double SPAN_MINUTES = 10;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /// How many looks later the heap is looked at again, for which the process has to stop.
  private static final int LOOKS_BETWEEN_COLLECTIONS = 6;

  private final Duration length;

  public SoakBenchmark() {
    this(Duration.ofMinutes(20));
  }

  private SoakBenchmark(Duration length) {
    this.length = length;
  }

  /// The same for another time.
  public SoakBenchmark lasting(Duration other) {
    return new SoakBenchmark(other);
  }

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String purpose() {
    return "growth of memory, latency and open files of an instance at 70% load";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    Duration time = quick ? Duration.ofMinutes(4) : length;
    Path folder = Files.createTempDirectory("penstock-soak-");
    try (SoakSite site = SoakSite.start(folder);
        Arrivals arrivals = new Arrivals(site.clients(), site.registry())) {
      PromptSet prompts = new PromptSet(200);
      double capacity = capacity(site, prompts, arrivals);
      log.line("capacity %.1f prompts/s; now %.0f%% of it for %d minutes", capacity, 100 * LOAD, time.toMinutes());
      List<Series> series = soak(site, prompts, arrivals, LOAD * capacity, time);
      return told(series, time.toSeconds() / 4.0, log);
    } finally {
      SoakSite.remove(folder);
    }
  }

  /// A backlog is worked off twice; the second time counts.
  private static double capacity(SoakSite site, PromptSet prompts, Arrivals arrivals) throws InterruptedException {
    double perSecond = 0;
    for (int round = 0; round < 2; round++) {
      Instant start = Instant.now();
      try (SteadyLoad load = new SteadyLoad(site.clients(), site.registry(), prompts, arrivals)) {
        load.start("capacity-" + round, 200, SEED);
        Thread.sleep(Duration.ofSeconds(4));
      }
      while (arrivals.underWay() > 0) Thread.sleep(20);
      long ended = arrivals.journeys().stream().filter(journey -> !journey.sent().isBefore(start)).count();
      perSecond = ended / (Duration.between(start, Instant.now()).toMillis() / 1e3);
    }
    return perSecond;
  }

  private static List<Series> soak(
      SoakSite site, PromptSet prompts, Arrivals arrivals, double perSecond, Duration time) throws Exception {
    Series memory = new Series("resident_memory", "MB");
    Series beside = new Series("memory_beside_heap", "MB");
    Series heap = new Series("live_heap", "MB");
    Series latency = new Series("latency", "ms");
    Series files = new Series("open_files", "files");
    Instant start = Instant.now();
    try (SteadyLoad load = new SteadyLoad(site.clients(), site.registry(), prompts, arrivals)) {
      load.start("soak", perSecond, SEED);
      int look = 0;
      for (double seconds = 0; seconds < time.toSeconds(); seconds = seconds(start, Instant.now())) {
        if (look++ % LOOKS_BETWEEN_COLLECTIONS == 0) heap.add(seconds, site.gauge().liveHeapMegabytes());
        memory.add(seconds, site.gauge().residentMegabytes());
        beside.add(seconds, site.gauge().residentMegabytes() - SoakSite.HEAP_MEGABYTES);
        files.add(seconds, site.gauge().openFiles());
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
    Instant end = Instant.now();
    for (Journey journey : arrivals.journeys())
      if (!journey.sent().isBefore(start)) latency.add(seconds(start, journey.sent()), journey.delay(end).toMillis());
    return List.of(memory, beside, heap, latency, files);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
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
