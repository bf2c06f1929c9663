package dev.penstock.standalone;

import dev.penstock.runtime.config.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of the services inside a standalone process: what the person set, except for what this process
/// brings itself.
final class ServiceSettings {

  private ServiceSettings() {}

  /// @param brought what the process brings; wins over what was set, and a line says so
  /// @param usual where things lie unless something else was set
  static Settings of(Settings set, Map<String, String> brought, Map<String, String> usual, PrintStream out) {
    Map<String, String> values = new LinkedHashMap<>(usual);
    set.origins()
        .forEach(
            (name, origin) -> {
              if (!brought.containsKey(name) && !name.startsWith(Settings.KAFKA_PREFIX)) values.put(name, origin.written());
              else out.printf("note: %s (%s) is not used, this process brings its own%n", name, origin.from());
            });
    values.putAll(brought);
    return Settings.load(StandaloneKeys.all(), null, Map.of(), values);
  }
}
