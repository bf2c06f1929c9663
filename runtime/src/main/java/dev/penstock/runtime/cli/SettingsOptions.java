package dev.penstock.runtime.cli;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The two options by which every service takes its settings; use as a picocli `@Mixin`.
public final class SettingsOptions {

  @Option(names = "--config", paramLabel = "FILE", description = "Settings file (key=value lines).")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over the file and the environment. Repeatable.")
  Map<String, String> values = new LinkedHashMap<>();

  /// @throws dev.penstock.runtime.UserError naming what is wrong
  public Settings load(Collection<Key<?>> keys) {
    return Settings.load(keys, file, System.getenv(), values);
  }
}
