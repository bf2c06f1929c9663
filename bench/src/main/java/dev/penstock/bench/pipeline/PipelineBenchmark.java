package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import java.nio.file.Path;

/// Three ratios: what the pipeline keeps of the bare engine's speed with a real language model, what it keeps of a
/// plain topology's throughput with an instant generator, and what it adds to a generation's latency.
public final class PipelineBenchmark implements Benchmark {

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String purpose() {
    return "the pipeline beside the bare engine and beside a plain Kafka Streams topology";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    try (BenchFolder folder = new BenchFolder()) {
      Figures figures = new Figures();
      try (Cluster cluster = new Cluster(folder.path().resolve("kafka"))) {
        Path manifest = folder.manifest();
        figures.putAll(new Passthrough(cluster, folder.path(), manifest, log).run(quick));
        figures.putAll(new Latency(cluster, folder.path(), manifest, log).run(quick));
      }
      figures.putAll(new ModelPipeline(log).run(quick));
      return figures;
    }
  }
}
