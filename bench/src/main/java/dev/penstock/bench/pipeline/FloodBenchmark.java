package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import java.nio.file.Path;

/// Far more prompts than a slow model can serve: what taking them in and waiting costs, how soon an urgent one starts
/// behind them, how long a restart takes that finds nothing on its disk, and that what is too much is rejected.
public final class FloodBenchmark implements Benchmark {

  private static final int LARGEST = 1_000_000;
  private static final int MIDDLE = 100_000;
  private static final int SMALLEST = 10_000;

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public String purpose() {
    return "up to 1,000,000 pending prompts behind a slow model: intake, heap, urgent prompts, restarts";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    int[] sizes = quick ? new int[] {2_000, 20_000, 100_000} : new int[] {SMALLEST, MIDDLE, LARGEST};
    Figures figures = new Figures();
    try (BenchFolder folder = new BenchFolder();
        Cluster cluster = new Cluster(folder.path().resolve("kafka"))) {
      Path manifest = folder.manifest();
      double empty = new Flood(cluster, folder.path(), manifest, log, 0).emptyStart();
      figures.put("empty_start_s", empty);
      double[] perEntry = new double[sizes.length];
      for (int i = 0; i < sizes.length; i++) {
        Flood flood = new Flood(cluster, folder.path(), manifest, log, sizes[i]);
        double restore = flood.run(figures, i == sizes.length - 1);
        perEntry[i] = (restore - empty) / sizes[i];
      }
      int last = sizes.length - 1;
      figures.put("restore_micros_an_entry_" + sizes[last - 1], perEntry[last - 1] * 1e6);
      figures.put("restore_micros_an_entry_" + sizes[last], perEntry[last] * 1e6);
      figures.put("restore_growth_largest_vs_middle", perEntry[last] / perEntry[last - 1]);
    }
    return figures;
  }
}
