package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;

/// How long a consumer waits for the first words, beside the engine's time to its first token.
public final class StreamBenchmark implements Benchmark {

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String purpose() {
    return "the first words at a consumer beside the engine's time to its first token";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    try (EngineAndProcess both = new EngineAndProcess(log)) {
      return new FirstChunk(both.engine(), both.running(), log).run(quick ? 10 : 48);
    }
  }
}
