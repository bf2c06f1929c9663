package dev.penstock.sink;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.health.HealthServer;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock sink`.
@Command(
    name = "sink",
    mixinStandardHelpOptions = true,
    description = "Keeps generated content in PostgreSQL and the object store, and shows it in the console.")
public final class SinkCommand implements PenstockCommand {

  @Mixin SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings loaded = options.load(SinkSettings.keys());
    SinkSettings settings = SinkSettings.from(loaded);
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    try {
      SinkService sink = stop.add("sink", new SinkService(settings, System.out));
      HealthServer health =
          stop.add(
              "health",
              new HealthServer(loaded.get(SharedKeys.HEALTH_PORT).intValue(), sink::isReady, sink::status));
      System.out.println("sink: health at http://127.0.0.1:" + health.port() + "/status");
      sink.start();
      if (settings.console() != null) System.out.println("sink: console at " + sink.consoleUri());
      sink.awaitEnd();
    } finally {
      stop.stop();
    }
    return 0;
  }
}
