package dev.penstock.bench.pipeline;

import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.GeneratorStreamConfig;
import dev.penstock.generatorstream.GeneratorStreamService;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An instance with a slow model of one slot.
record FloodedStream(GeneratorStreamService service, StepEngine engine) implements AutoCloseable {

  /// @param stateDir an empty one makes the instance restore everything from the changelogs
  static FloodedStream start(
      Cluster cluster, Path folder, String pool, Path stateDir, Path manifest, Duration step, long maxEntries)
      throws Exception {
    StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system());
    engine.add("timed", new TimedGenerator(1, step));
    ServedModels models = new ServedModels(List.of(new ServedModel(ModelManifest.read(manifest), "timed", 1)));
    Map<String, String> values =
        Map.of(
            "kafka.bootstrap.servers", (String) cluster.clients().common().get("bootstrap.servers"),
            "schema.registry.url", cluster.registryUrl(),
            "object.store.uri", folder.resolve("objects").toUri().toString(),
            "state.dir", stateDir.toString(),
            "inbox.max.entries", Long.toString(maxEntries),
            "instance.id", pool,
            "pool", pool);
    GeneratorStreamService service =
        GeneratorStreamService.start(
            GeneratorStreamConfig.from(Settings.load(GeneratorStreamConfig.keys(), null, Map.of(), values)),
            engine,
            models,
            new StartupWait(System.out));
    return new FloodedStream(service, engine);
  }

  @Override
  public void close() {
    service.close();
    engine.close();
  }
}
