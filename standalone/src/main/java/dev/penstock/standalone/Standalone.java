package dev.penstock.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generatorstream.GeneratorProcess;
import dev.penstock.generatorstream.GeneratorStreamConfig;
import dev.penstock.producer.http.Intake;
import dev.penstock.producer.http.IntakeSettings;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.sink.SinkService;
import dev.penstock.sink.SinkSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.NetworkClient;
import org.slf4j.LoggerFactory;

/// Everything in this process:
/// ```
/// kafka ─▶ topics ─▶ schema registry ─┬─▶ sink, console
/// postgresql ─────────────────────────┤─▶ generator-stream
///                                     └─▶ HTTP intake
/// ```
/// Each part says when it is ready; all are closed in the reverse order, services first. [#start] once, [#close] by
/// any thread, also while it starts.
public final class Standalone implements AutoCloseable {

  private final Settings set;
  private final DataFolder data;
  private final PrintStream out;
  private final Parts parts;

  /// Starts nothing yet.
  ///
  /// @param set keys of [StandaloneKeys]
  /// @param data stays the caller's; to be closed after this
  /// @param out gets a line for each part
  public Standalone(Settings set, DataFolder data, PrintStream out) {
    this.set = set;
    this.data = data;
    this.out = out;
    this.parts = new Parts(out);
  }

  /// What a running process is reached by.
  ///
  /// @param settings of a client, or a service, in or outside of this process
  public record Running(
      KafkaClients clients, Settings settings, SinkService sink, GeneratorProcess generators, Intake intake) {}

  /// Returns when everything works.
  ///
  /// @throws dev.penstock.runtime.UserError if a port or a folder is in use, or it was closed meanwhile
  public Running start() throws Exception {
    quietConnections();
    Path cache = ModelRepository.userCache(System.getenv()).getParent();
    Infrastructure infrastructure = Infrastructure.start(set, data, cache, parts);
    Settings settings = ServiceSettings.of(set, infrastructure.asSettings(), folders(), out);
    SinkService sink = startSink(settings);
    GeneratorProcess generators = startGenerators(settings);
    Intake intake = startIntake(settings, infrastructure.kafka().clients());
    return new Running(infrastructure.kafka().clients(), settings, sink, generators, intake);
  }

  /// With the broker in this process its clients have nothing to warn of but its start and its stop.
  private static void quietConnections() {
    if (LoggerFactory.getLogger(NetworkClient.class) instanceof Logger logger) logger.setLevel(Level.ERROR);
  }

  private Map<String, String> folders() {
    return Map.of(
        "object.store.uri", data.objects().toUri().toString(),
        "export.folder", data.exports().toString(),
        "state.dir", data.state().toString(),
        "crash.dir", data.crash().toString(),
        "instance.id", "standalone",
        "sink.instance.id", "standalone");
  }

  private SinkService startSink(Settings settings) throws Exception {
    return parts.start(
        "sink",
        () -> {
          SinkService sink = new SinkService(SinkSettings.from(settings), out);
          sink.start();
          return sink;
        },
        sink -> "sink, console " + sink.consoleUri());
  }

  /// Until it has its tasks, prompts would wait and latencies would count the start.
  private GeneratorProcess startGenerators(Settings settings) throws Exception {
    GeneratorStreamConfig config = GeneratorStreamConfig.from(settings);
    return parts.start(
        "generator-stream",
        () -> GeneratorProcess.start(config, new StartupWait(out), out::println),
        GeneratorProcess::isReady,
        generators -> "generator-stream");
  }

  private Intake startIntake(Settings settings, KafkaClients clients) throws Exception {
    IntakeSettings wanted = IntakeSettings.from(settings);
    SchemaRegistry registry = new HttpSchemaRegistry(SharedKeys.registry(settings));
    return parts.start(
        "HTTP intake", () -> Intake.start(wanted, clients, registry), intake -> "HTTP intake " + intake.uri() + "v1/prompts");
  }

  /// Returns when every part is closed.
  @Override
  public void close() {
    parts.close();
  }
}
