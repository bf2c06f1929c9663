package dev.penstock.bench.soak;

import dev.penstock.chaos.load.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is followed of the soaked instance, from one time on.
final class Watched {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /// How many looks later the heap is looked at again, for which the process has to stop.
  private static final int LOOKS_BETWEEN_COLLECTIONS = 6;

  private final Series memory = new Series("resident_memory", "MB");
  private final Series beside = new Series("memory_beside_heap", "MB");
  private final Series heap = new Series("live_heap", "MB");
  private final Series latency = new Series("latency", "ms");
  private final Series files = new Series("open_files", "files");
  private final ProcessGauge gauge;
  private final Instant start;

  Watched(ProcessGauge gauge, Instant start) {
    this.gauge = gauge;
    this.start = start;
  }

  /// Looks every 5 seconds.
  void lookFor(Duration time) throws Exception {
    int look = 0;
    for (double seconds = 0; seconds < time.toSeconds(); seconds = secondsUntil(Instant.now())) {
      if (look++ % LOOKS_BETWEEN_COLLECTIONS == 0) heap.add(seconds, gauge.liveHeapMegabytes());
      double resident = gauge.residentMegabytes();
      memory.add(seconds, resident);
      beside.add(seconds, resident - SoakSite.HEAP_MEGABYTES);
      files.add(seconds, gauge.openFiles());
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /// All series, with the latency of these prompts by the time at which they were sent.
  List<Series> with(SoakLoad.Ended ended) {
    for (Journey journey : ended.journeys())
      latency.add(secondsUntil(journey.sent()), journey.delay(ended.to()).toMillis());
    return List.of(memory, beside, heap, latency, files);
  }

  private double secondsUntil(Instant moment) {
    return Duration.between(start, moment).toMillis() / 1e3;
  }
}
