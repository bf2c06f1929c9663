package dev.penstock.systemtests.crashable;

import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.GeneratorProcess;
import dev.penstock.generatorstream.GeneratorStreamConfig;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock generator-stream` as it is, but for its model: a [CrashableGenerator] under tiny-copywriter's name. The
/// setting `models=mended` takes the defect away.
@Command(name = CrashableCommand.NAME)
public final class CrashableCommand implements PenstockCommand {

  public static final String NAME = "crashable-generator-stream";

  /// In a prompt's text: brings the process down.
  public static final String CRASH = CrashableGenerator.CRASH;

  /// In a prompt's text: makes the step throw.
  public static final String THROW = CrashableGenerator.THROW;

  /// In a prompt's text: fails before it gets a slot.
  public static final String REFUSE = CrashableGenerator.REFUSE;

  private static final Path MANIFEST = Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter", "model.yaml");

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Override
  public Integer call() throws Exception {
    GeneratorStreamConfig config = GeneratorStreamConfig.from(settings.load(GeneratorStreamConfig.keys()));
    boolean isMended = config.models().contains("mended");
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals();
    GeneratorProcess process =
        stop.add(
            "generator-stream",
            GeneratorProcess.start(
                config,
                (engine, parts) -> {
                  engine.add("crashable", new CrashableGenerator(isMended));
                  return new ServedModels(List.of(new ServedModel(ModelManifest.read(MANIFEST), "crashable", 16)));
                },
                new StartupWait(System.out)));
    System.out.println("generator-stream started, health at http://127.0.0.1:" + process.healthPort());
    stop.await();
    return 0;
  }
}
