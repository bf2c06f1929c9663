package dev.penstock.bench.lanes;

import com.sun.management.OperatingSystemMXBean;
import dev.penstock.generators.engine.LaneFigures;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.generators.engine.lane.StepEngine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// What the lanes of an engine did in a stretch of time, while they were kept busy.
///
/// @param seconds how long it was
/// @param cpuSeconds processor time of this process in it, which does not depend on what else the machine does
record Window(Map<String, LaneFigures> before, Map<String, LaneFigures> after, double seconds, double cpuSeconds) {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  static Window of(StepEngine engine, Duration time) throws InterruptedException {
    Map<String, LaneFigures> before = figures(engine);
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    Thread.sleep(time);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Window(before, figures(engine), seconds, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
  }

  private static Map<String, LaneFigures> figures(StepEngine engine) {
    return engine.lanes().stream().collect(Collectors.toMap(LaneSnapshot::modelDigest, LaneSnapshot::figures));
  }

  /// Rows stepped: tokens of a language model, pictures of a picture model.
  long rows(String digest) {
    return after.get(digest).rows() - before.get(digest).rows();
  }

  double rowsPerSecond(String digest) {
    return rows(digest) / seconds;
  }

  double rowsPerCpuSecond(String digest) {
    return rows(digest) / cpuSeconds;
  }

  /// Seconds in steps of this lane.
  double deviceSeconds(String digest) {
    return (after.get(digest).stepNanos() - before.get(digest).stepNanos()) / 1e9;
  }

  /// The mean step in milliseconds.
  double stepMillis(String digest) {
    return 1e3 * deviceSeconds(digest) / Math.max(1, after.get(digest).steps() - before.get(digest).steps());
  }
}
