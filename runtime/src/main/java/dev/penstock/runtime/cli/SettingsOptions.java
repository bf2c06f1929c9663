package dev.penstock.runtime.cli;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import dev.penstock.runtime.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// The two options by which every service takes its settings; use as a picocli `@Mixin`.
public final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file (key=value lines). Repeatable, the later the stronger; services may share one.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over the file and the environment. Repeatable.")
  Map<String, String> values = new LinkedHashMap<>();

  /// @throws dev.penstock.runtime.UserError naming what is wrong
  public Settings load(Collection<Key<?>> keys) {
    return Settings.load(keys, ServiceKeys.everyKey(), files, System.getenv(), values);
  }
}
