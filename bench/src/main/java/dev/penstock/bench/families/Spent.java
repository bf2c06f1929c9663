package dev.penstock.bench.families;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What a piece of work took.
///
/// @param items that it made
/// @param wall seconds
/// @param cpu processor seconds of this process, which depend little on what else the machine does
record Spent(double items, double wall, double cpu) {

  private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /// Makes items.
  @FunctionalInterface
  interface Work {
    /// @return how many it made
    double run() throws Exception;
  }

  /// Repeats the work until so many seconds are over.
  static Spent repeating(double seconds, Work work) throws Exception {
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    double items = 0;
    do items += work.run();
    while ((System.nanoTime() - start) / 1e9 < seconds);
    return new Spent(items, (System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
  }

  double itemsPerSecond() {
    return items / wall;
  }

  double itemsPerCpuSecond() {
    return items / cpu;
  }
}
