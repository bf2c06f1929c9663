package dev.penstock.bench.pipeline;

import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.runtime.config.Settings;
import dev.penstock.standalone.DataFolder;
import dev.penstock.standalone.Standalone;
import dev.penstock.standalone.StandaloneKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// The same language model twice, with the same threads: in a bare engine, and in a whole process with broker,
/// registry, database and services on free ports.
final class EngineAndProcess implements AutoCloseable {

  static final String MODEL = "smollm2-135m-instruct";
  private static final int PLAN_THREADS = 4;

  private final BareEngine engine;
  private final DataFolder data;
  private final Standalone standalone;
  private final Standalone.Running running;

  EngineAndProcess(RunLog log) throws Exception {
    ModelFolder model = ModelRepository.of(List.of(), System.getenv()).find(MODEL);
    log.line("model %s, digest %s", MODEL, model.digest());
    Map<String, String> values =
        Map.of(
            "models", MODEL, "plan.threads", Integer.toString(PLAN_THREADS), "broker.port", "0", "registry.port", "0",
            "database.port", "0", "console.port", "0", "http.port", "0", "results.cache.mb", "0");
    Settings settings = Settings.load(StandaloneKeys.all(), null, Map.of(), values);
    data = DataFolder.temporary();
    standalone = new Standalone(settings, data, new PrintStream(PrintStream.nullOutputStream()));
    try {
      running = standalone.start();
      engine = new BareEngine(model, PLAN_THREADS);
    } catch (Exception e) {
      closeProcess();
      throw e;
    }
  }

  BareEngine engine() {
    return engine;
  }

  Standalone.Running running() {
    return running;
  }

  @Override
  public void close() throws IOException {
    engine.close();
    closeProcess();
  }

  private void closeProcess() throws IOException {
    try {
      standalone.close();
    } finally {
      data.close();
    }
  }
}
