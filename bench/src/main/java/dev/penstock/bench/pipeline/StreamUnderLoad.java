package dev.penstock.bench.pipeline;

import dev.penstock.bench.pipeline.Recoding.Leaving;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.GeneratorStreamConfig;
import dev.penstock.generatorstream.GeneratorStreamService;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.streams.CommitPace;
import dev.penstock.generatorstream.streams.GroupProtocol;
import dev.penstock.generatorstream.streams.StreamsSettings;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/// A topology that runs: ours with a timed generator, or the plain one.
///
/// @param from where prompts are written
/// @param state what it is doing, for the message when results are missing
record StreamUnderLoad(String from, Supplier<String> state, Runnable stop) implements AutoCloseable {

  static StreamUnderLoad ours(Cluster cluster, Path folder, String name, int slots, Duration time, Path manifest)
      throws Exception {
    StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system());
    engine.add("timed", new TimedGenerator(slots, time));
    ServedModels models = new ServedModels(List.of(new ServedModel(ModelManifest.read(manifest), "timed", 1)));
    Map<String, String> values =
        Map.of(
            "kafka.bootstrap.servers", (String) cluster.clients().common().get("bootstrap.servers"),
            "schema.registry.url", cluster.registryUrl(),
            "object.store.uri", folder.resolve("objects").toUri().toString(),
            "state.dir", folder.resolve("state-" + name).toString(),
            "instance.id", name,
            "pool", name);
    GeneratorStreamService service =
        GeneratorStreamService.start(
            GeneratorStreamConfig.from(Settings.load(GeneratorStreamConfig.keys(), null, Map.of(), values)),
            engine,
            models,
            new StartupWait(System.out));
    return new StreamUnderLoad(
        "penstock.prompts." + name + ".v1",
        () -> "ready %s, inbox %d, %s".formatted(service.isReady(), service.inboxEntries(), engine.lanes()),
        () -> {
          service.close();
          engine.close();
        });
  }

  /// @param pace when the plain topology asks for a commit; null for after every record
  static StreamUnderLoad plain(
      Cluster cluster,
      Path folder,
      String name,
      Function<byte[], List<Leaving>> recoding,
      @Nullable ThreadLocal<CommitPace> pace) {
    KafkaStreams streams =
        new KafkaStreams(
            PlainTopology.of(name + "-in", name + "-out", recoding, pace),
            StreamsSettings.of(
                cluster.clients().common(), name, name, folder.resolve("state-" + name), 1, GroupProtocol.CLASSIC));
    streams.start();
    return new StreamUnderLoad(
        name + "-in", () -> streams.state().toString(), () -> streams.close(Duration.ofSeconds(20)));
  }

  @Override
  public void close() {
    stop.run();
  }
}
