package dev.penstock.producer.cli;

import dev.penstock.producer.ProducerRights;
import dev.penstock.producer.http.Intake;
import dev.penstock.producer.http.IntakeSettings;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.health.HealthServer;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.kafka.RightsCheck;
import dev.penstock.runtime.kafka.StartFailures;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `penstock producer`, also called `penstock intake`.
@Command(
    name = "producer",
    aliases = "intake",
    mixinStandardHelpOptions = true,
    description = "Takes prompts over HTTP and says what became of them, until TERM or INT.",
    footer = {
      "",
      "Example: penstock producer --set http.port=8091",
      "         curl -s localhost:8091/v1/prompts -H content-type:application/json -d '{\"text\": \"Three words about tea\"}'"
    })
public final class ProducerCommand implements PenstockCommand {

  @Mixin SettingsOptions options = new SettingsOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public ProducerCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.load(IntakeSettings.keys());
    IntakeSettings wanted = IntakeSettings.from(settings);
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    try {
      AtomicBoolean isReady = new AtomicBoolean();
      HealthServer health =
          stop.add("health", new HealthServer(settings.get(SharedKeys.HEALTH_PORT).intValue(), isReady::get, Map::of));
      say("producer: health at http://127.0.0.1:" + health.port());
      Intake intake = stop.add("intake", start(settings, wanted));
      isReady.set(true);
      say("producer: prompts at " + intake.uri() + "v1/prompts");
      stop.await();
    } finally {
      stop.stop();
    }
    return 0;
  }

  /// Waits until Kafka and the registry are there.
  private static Intake start(Settings settings, IntakeSettings wanted) throws InterruptedException {
    KafkaClients kafka = new KafkaClients(SharedKeys.kafka(settings));
    HttpSchemaRegistry registry = new HttpSchemaRegistry(SharedKeys.registry(settings));
    StartupWait wait = new StartupWait(System.out, settings.get(SharedKeys.START_PATIENCE));
    Object servers = kafka.common().get("bootstrap.servers");
    RightsCheck rights = new RightsCheck(kafka.impatient(), ProducerRights.all());
    wait.until("schema registry " + settings.get(SharedKeys.SCHEMA_REGISTRY), StartFailures.explained(servers, registry::check));
    Intake[] started = new Intake[1];
    wait.until(
        "Kafka " + servers,
        StartFailures.explained(
            servers,
            () -> {
              if (kafka.isSecured()) rights.run();
              started[0] = Intake.start(wanted, kafka, registry);
            }));
    return started[0];
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
