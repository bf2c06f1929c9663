package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import java.nio.file.Path;

/// Far more prompts than a slow model can serve: what taking them in and waiting costs, how soon an urgent one starts
/// behind them, how long a restart takes that finds nothing on its disk, and that what is too much is rejected. Before it
/// the same intake with an instant generator beside a plain topology, in short.
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
    return "up to 1,000,000 pending prompts behind a slow model: intake, heap, urgent prompts, restarts; intake beside a plain topology";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    int[] sizes = quick ? new int[] {2_000, 20_000, 100_000} : new int[] {SMALLEST, MIDDLE, LARGEST};
    Figures figures = new Figures();
    try (BenchFolder folder = new BenchFolder();
        Cluster cluster = new Cluster(folder.path().resolve("kafka"))) {
      Path manifest = folder.manifest();
      figures.putAll(new Passthrough(cluster, folder.path(), manifest, log).run(true));
      figures.put("empty_start_s", new Flood(cluster, folder.path(), manifest, log, 0).emptyStart());
      double[] seconds = new double[sizes.length];
      for (int i = 0; i < sizes.length; i++) {
        Flood flood = new Flood(cluster, folder.path(), manifest, log, sizes[i]);
        double restore = flood.run(figures, i == sizes.length - 1);
        seconds[i] = restore;
      }
      int last = sizes.length - 1;
      double middle = seconds[last - 1] / sizes[last - 1];
      double largest = seconds[last] / sizes[last];
      double further = (seconds[last] - seconds[last - 1]) / (sizes[last] - sizes[last - 1]);
      figures.put("restore_micros_an_entry_" + sizes[last - 1], middle * 1e6);
      figures.put("restore_micros_an_entry_" + sizes[last], largest * 1e6);
      figures.put("restore_largest_vs_middle", largest / middle);
      // Without what every start takes.
      figures.put("restore_each_further_vs_middle", further / middle);
    }
    return figures;
  }
}
