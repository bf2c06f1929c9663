package dev.penstock.bench.pipeline;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.runtime.config.Settings;
import dev.penstock.standalone.DataFolder;
import dev.penstock.standalone.Standalone;
import dev.penstock.standalone.StandaloneKeys;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// How long a consumer waits for the first words, beside the engine's time to its first token.
public final class StreamBenchmark implements Benchmark {

  private static final String MODEL = "smollm2-135m-instruct";
  private static final int PLAN_THREADS = 4;

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
    ModelFolder model = ModelRepository.of(List.of(), System.getenv()).find(MODEL);
    log.line("model %s, digest %s", MODEL, model.digest());
    Map<String, String> values =
        Map.of(
            "models", MODEL, "plan.threads", Integer.toString(PLAN_THREADS), "broker.port", "0", "registry.port", "0",
            "database.port", "0", "console.port", "0", "http.port", "0");
    Settings settings = Settings.load(StandaloneKeys.all(), null, Map.of(), values);
    try (DataFolder data = DataFolder.temporary();
        Standalone standalone = new Standalone(settings, data, new PrintStream(PrintStream.nullOutputStream()));
        BareEngine engine = new BareEngine(model, PLAN_THREADS)) {
      return new FirstChunk(engine, standalone.start(), log).run(quick ? 10 : 48);
    }
  }
}
