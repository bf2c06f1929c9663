package dev.penstock.standalone;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock up`.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs everything on this machine until it is stopped: Kafka, schema registry, PostgreSQL, generator-stream,",
      "sink and console. Ports and folder are settings: broker.port, registry.port, database.port, console.port, data."
    })
public final class UpCommand implements PenstockCommand {

  @Mixin StandaloneOptions options = new StandaloneOptions();

  @Override
  public Integer call() throws Exception {
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    try {
      Settings settings = options.load();
      DataFolder data = stop.add("data folder", options.open(settings));
      Standalone standalone = stop.add("standalone", new Standalone(settings, data, System.out));
      Standalone.Running running = standalone.start();
      System.out.printf("everything is running, data in %s; stop it with Ctrl-C%n", data.path());
      running.sink().awaitEnd();
      return 0;
    } finally {
      stop.stop();
    }
  }
}
