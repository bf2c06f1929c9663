package dev.penstock.standalone;

import dev.penstock.runtime.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/// Settings above and below what a person set.
public final class Layers {

  private Layers() {}

  /// @param below holds where the person set nothing
  /// @param above wins over what the person set
  /// @throws dev.penstock.runtime.UserError if a value is not allowed
  public static Settings around(Settings set, Map<String, String> below, Map<String, String> above) {
    Map<String, String> values = new LinkedHashMap<>(below);
    set.origins().forEach((name, origin) -> values.put(name, origin.written()));
    values.putAll(above);
    return Settings.load(StandaloneKeys.all(), null, Map.of(), values);
  }

  /// Zero for every port.
  public static Map<String, String> freePorts() {
    Map<String, String> ports = new LinkedHashMap<>();
    StandaloneKeys.ports().forEach(port -> ports.put(port.name(), "0"));
    return ports;
  }
}
