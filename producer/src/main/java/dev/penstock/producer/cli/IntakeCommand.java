package dev.penstock.producer.cli;

import dev.penstock.producer.http.Intake;
import dev.penstock.producer.http.IntakeSettings;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `penstock intake`.
@Command(
    name = "intake",
    mixinStandardHelpOptions = true,
    description = "Takes prompts over HTTP and says what became of them, until TERM or INT.",
    footer = {
      "",
      "Example: penstock intake --set http.port=8091",
      "         curl -s localhost:8091/v1/prompts -H content-type:application/json -d '{\"text\": \"Three words about tea\"}'"
    })
public final class IntakeCommand implements PenstockCommand {

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public IntakeCommand() {}

  @Override
  public Integer call() throws Exception {
    Settings set = settings.load(IntakeSettings.keys());
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    Cluster cluster = Cluster.connect(set);
    Intake intake =
        cluster.use(() -> Intake.start(IntakeSettings.from(set), cluster.clients(), cluster.registry()));
    stop.add("intake", intake);
    spec.commandLine().getOut().println("intake started at " + intake.uri());
    spec.commandLine().getOut().flush();
    stop.await();
    return 0;
  }
}
