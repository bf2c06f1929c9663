package dev.penstock.standalone;

import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a standalone process is to run; use as a picocli `@Mixin`.
final class StandaloneOptions {

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where everything lies. Default: $PENSTOCK_DATA, or ~/.local/share/penstock.")
  @Nullable Path data;

  @Option(names = "--ephemeral", description = "Keep everything in a temporary folder that goes at the end.")
  boolean ephemeral;

  @Option(names = "--free-ports", description = "Take free ports, whatever is set.")
  boolean freePorts;

  /// @throws dev.penstock.runtime.UserError naming what is wrong
  Settings load() {
    Settings set = settings.load(StandaloneKeys.all());
    return freePorts ? Layers.around(set, Map.of(), Layers.freePorts()) : set;
  }

  /// @throws dev.penstock.runtime.UserError if the folder is in use
  DataFolder open(Settings set) {
    if (ephemeral) return DataFolder.temporary();
    return DataFolder.at(data != null ? data : set.get(StandaloneKeys.DATA));
  }
}
