package dev.penstock.generatorstream;

import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock generator-stream`.
@Command(
    name = "generator-stream",
    description = "Runs the Kafka Streams application that generates content, until TERM or INT.",
    footer = {
      "",
      "Example: penstock generator-stream --set kafka.bootstrap.servers=kafka:9092 --set instance.id=gpu-1"
    })
public final class GeneratorStreamCommand implements PenstockCommand {

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Override
  public Integer call() throws Exception {
    Settings set = settings.load(GeneratorStreamConfig.keys());
    GeneratorStreamConfig config = GeneratorStreamConfig.from(set);
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    GeneratorProcess process =
        stop.add(
            "generator-stream",
            GeneratorProcess.start(
                config, new StartupWait(System.out, set.get(SharedKeys.START_PATIENCE)), System.out::println));
    System.out.println("generator-stream started, health at http://127.0.0.1:" + process.healthPort());
    process.refusal().thenAccept(refused -> Thread.ofPlatform().name("refused").start(stop::stop));
    stop.await();
    UserError refused = process.refusal().getNow(null);
    if (refused != null) throw refused;
    return 0;
  }
}
