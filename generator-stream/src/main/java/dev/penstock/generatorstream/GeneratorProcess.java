package dev.penstock.generatorstream;

import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.generators.engine.crash.CrashFolders;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.text.MiniLmEmbedder;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.telemetry.EngineFigures;
import dev.penstock.generatorstream.telemetry.GeneratorMetrics;
import dev.penstock.generatorstream.telemetry.StreamFigures;
import dev.penstock.generatorstream.telemetry.Telemetry;
import dev.penstock.generatorstream.telemetry.Tracing;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.health.Announcement;
import dev.penstock.runtime.health.HealthServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything generator-stream needs in one process: the models, the engine, the topology, the probes. Closed in
/// reverse order: ONNX Runtime must not be torn down while a step runs.
public final class GeneratorProcess implements AutoCloseable {

  private final OrderlyStop parts = new OrderlyStop();
  private final GeneratorMetrics metrics = parts.add("metrics", new GeneratorMetrics());
  private final GeneratorStreamConfig config;
  private final StepEngine engine;
  private final HealthServer health;
  private final ServedModels models;

  /// Null while models are loaded and broker and registry are waited for.
  private volatile @Nullable GeneratorStreamService service;

  /// Puts the models that are served into the engine.
  @FunctionalInterface
  public interface Models {

    /// @param parts closes, after the engine, what is added to it
    ServedModels into(StepEngine engine, OrderlyStop parts) throws IOException, InterruptedException;
  }

  private GeneratorProcess(GeneratorStreamConfig config, Models source, StartupWait wait)
      throws IOException, InterruptedException {
    this.config = config;
    try {
      // Below the engine: it may need them until it is closed.
      OrderlyStop modelParts = new OrderlyStop();
      parts.add("what models need", (AutoCloseable) modelParts::stop);
      CrashFolders crashes = CrashFolders.ofThisJvm(config.crashDir().resolve("recorders"));
      engine =
          parts.add(
              "engine",
              new StepEngine(
                  EngineSettings.withCrashEvidence(config.planThreads(), crashes).withModelBytes(config.modelBytes()),
                  EngineClock.system()));
      // Before what takes long: probes are answered meanwhile, and a port in use is found before the group is joined.
      health =
          parts.add("health", new HealthServer(config.healthPort(), this::isReady, this::status, metrics::scrape));
      parts.add("announcement", Announcement.of(Announcement.folder(System.getenv()), health.port()));
      FutureTask<FoundCluster> cluster = FoundCluster.awaitBeside(config, wait);
      parts.add("search for the cluster", () -> cluster.cancel(true));
      models = source.into(engine, modelParts);
      metrics.observe(this::engineFigures, references(models));
      Telemetry telemetry = new Telemetry(metrics, Tracing.ofThisProcess());
      GeneratorStreamService started =
          GeneratorStreamService.start(config, engine, models, FoundCluster.of(cluster), telemetry);
      service = parts.add("stream", started);
      metrics.observe(started::figures);
    } catch (Throwable e) {
      parts.stop();
      throw e;
    }
  }

  /// Loads the models, waits for broker and registry, starts.
  ///
  /// @param progress told a line for each thing that is ready
  /// @throws dev.penstock.runtime.UserError for what the operator can mend
  public static GeneratorProcess start(GeneratorStreamConfig config, StartupWait wait, Consumer<String> progress)
      throws IOException, InterruptedException {
    return start(config, (engine, parts) -> load(engine, parts, config, progress), wait);
  }

  /// The same with models of the caller's.
  public static GeneratorProcess start(GeneratorStreamConfig config, Models models, StartupWait wait)
      throws IOException, InterruptedException {
    return new GeneratorProcess(config, models, wait);
  }

  private static ServedModels load(
      StepEngine engine, OrderlyStop parts, GeneratorStreamConfig config, Consumer<String> progress)
      throws IOException, InterruptedException {
    MiniLmEmbedder embedder = parts.add("text embedder", MiniLmEmbedder.open());
    return LoadedModels.into(engine, config, embedder, parts, progress);
  }

  private static Map<String, String> references(ServedModels models) {
    return models.models().stream().collect(Collectors.toMap(ServedModel::digest, ServedModel::reference, (a, b) -> a));
  }

  private EngineFigures engineFigures() {
    return new EngineFigures(
        engine.inFlight(), engine.modelBytes(), engine.modelsWaiting(), engine.evictions(), engine.lanes());
  }

  /// Whether it has tasks, and its models are warm: the stream starts after them.
  public boolean isReady() {
    GeneratorStreamService started = service;
    return started != null && started.isReady();
  }

  /// Completes if the cluster refuses this service while it runs.
  ///
  /// @see GeneratorStreamService#refusal()
  public CompletableFuture<UserError> refusal() {
    return Objects.requireNonNull(service).refusal();
  }

  public ServedModels models() {
    return models;
  }

  public int healthPort() {
    return health.port();
  }

  /// Figures for `penstock status` and tests.
  private Map<String, ?> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    GeneratorStreamService started = service;
    status.put("ready", isReady());
    status.put("pid", ProcessHandle.current().pid());
    StreamFigures figures = started == null ? StreamFigures.NONE : started.figures();
    status.put("instance", config.instanceId() == null ? "" : config.instanceId());
    status.put("cluster", started == null ? "" : started.clusterId());
    status.put("pool", config.pool());
    status.put("tasks", figures.tasks());
    status.put("lag", figures.lag());
    status.put("inboxEntries", figures.inboxEntries());
    status.put("oldestMillis", figures.oldest().toMillis());
    status.put("outcomes", metrics.outcomes());
    status.put("models", models == null ? Map.of() : references(models));
    if (started != null) status.put("saved", started.saved());
    status.put("inFlight", engine.inFlight());
    status.put("busySlots", engine.lanes().stream().mapToInt(LaneSnapshot::busySlots).sum());
    status.put("modelBytes", engine.modelBytes());
    status.put("modelsWaiting", engine.modelsWaiting());
    status.put("evictions", engine.evictions());
    status.put("lanes", engine.lanes());
    return status;
  }

  @Override
  public void close() {
    parts.stop();
  }
}
