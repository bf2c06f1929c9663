package dev.penstock.sink;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.health.HealthServer;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.sink.console.Console;
import dev.penstock.sink.console.ConsoleSettings;
import dev.penstock.sink.database.Database;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock console`.
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the sinks stored, until TERM or INT. Needs the database and the object store, not Kafka; any number",
      "may run. Set console.enabled=false for sinks beside it."
    })
public final class ConsoleCommand implements PenstockCommand {

  @Mixin SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.load(new ConsoleKeys().keys());
    ConsoleSettings wanted = SinkSettings.console(settings);
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    try {
      AtomicBoolean isReady = new AtomicBoolean();
      HealthServer health =
          stop.add("health", new HealthServer(settings.get(SharedKeys.HEALTH_PORT).intValue(), isReady::get, Map::of));
      System.out.println("console: health at http://127.0.0.1:" + health.port());
      Database database = stop.add("database", new Database(SinkSettings.database(settings)));
      new StartupWait(System.out, settings.get(SharedKeys.START_PATIENCE))
          .until("database " + SinkSettings.database(settings).shownUrl(), database::migrate);
      Console console =
          stop.add("console", Console.start(wanted, database, ObjectStore.open(settings.get(SharedKeys.OBJECT_STORE))));
      isReady.set(true);
      System.out.println("console: at " + console.uri());
      stop.await();
    } finally {
      stop.stop();
    }
    return 0;
  }
}
