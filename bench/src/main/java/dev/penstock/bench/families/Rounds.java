package dev.penstock.bench.families;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;

/// Ratios of items a second, together over alone, of rounds that took turns.
final class Rounds {

  private final double[] wall;
  private final double[] cpu;
  private final RunLog log;
  private int done;

  Rounds(int rounds, RunLog log) {
    this.wall = new double[rounds];
    this.cpu = new double[rounds];
    this.log = log;
  }

  void add(String what, Spent alone, Spent together) {
    wall[done] = together.itemsPerSecond() / alone.itemsPerSecond();
    cpu[done] = together.itemsPerCpuSecond() / alone.itemsPerCpuSecond();
    log.line("%s, round %d: alone %.1f a second, together %.1f: %.2f times; %.2f times a CPU second",
        what, done + 1, alone.itemsPerSecond(), together.itemsPerSecond(), wall[done], cpu[done]);
    done++;
  }

  /// Puts the medians.
  void put(Figures figures, String name) {
    figures.put(name, Figures.median(wall)).put(name + "_per_cpu", Figures.median(cpu));
  }
}
