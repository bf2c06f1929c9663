package dev.penstock.runtime.config;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is set, and where it came from: file, then environment, then command line, the later the stronger.
/// Unknown keys are refused by name, except under a prefix that is passed on (`kafka.`). Immutable.
public final class Settings {

  /// Everything under it goes to Kafka's clients as it is, without the prefix.
  public static final String KAFKA_PREFIX = "kafka.";

  private static final String ENVIRONMENT_PREFIX = "PENSTOCK_";

  /// A value and the place that set it.
  public record Origin(String value, String from) {}

  private final Map<String, Key<?>> keys;
  private final Map<String, Origin> values;

  private Settings(Map<String, Key<?>> keys, Map<String, Origin> values) {
    this.keys = keys;
    this.values = values;
  }

  /// @param keys what may be set
  /// @param file a properties file, or null
  /// @param environment usually `System.getenv()`; `PENSTOCK_INBOX_MAX_ENTRIES` sets `inbox.max.entries`
  /// @param commandLine values given as `--set key=value`
  /// @throws UserError naming the key and what is allowed
  public static Settings load(
      Collection<Key<?>> keys,
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> commandLine) {
    Map<String, Key<?>> known = new LinkedHashMap<>();
    for (Key<?> key : keys) known.put(key.name(), key);
    Map<String, Origin> values = new TreeMap<>();
    if (file != null) readFile(file).forEach((k, v) -> put(known, values, k, v, file.toString()));
    fromEnvironment(known, environment, values);
    commandLine.forEach((k, v) -> put(known, values, k, v, "command line"));
    Settings settings = new Settings(known, values);
    known.values().forEach(settings::check);
    return settings;
  }

  private static void put(
      Map<String, Key<?>> known, Map<String, Origin> values, String name, String value, String from) {
    if (!known.containsKey(name) && !name.startsWith(KAFKA_PREFIX))
      throw new UserError(
          "unknown key %s (%s); allowed are %s and anything under %s"
              .formatted(name, from, String.join(", ", known.keySet()), KAFKA_PREFIX));
    values.put(name, new Origin(value, from));
  }

  private static Map<String, String> readFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UserError("cannot read the settings file %s: %s".formatted(file, e), e);
    }
    Map<String, String> map = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }

  /// Only names of known keys and Kafka keys count, so that other programs' variables do no harm.
  private static void fromEnvironment(
      Map<String, Key<?>> known, Map<String, String> environment, Map<String, Origin> values) {
    Map<String, String> names = new TreeMap<>();
    known.keySet().forEach(name -> names.put(environmentName(name), name));
    environment.forEach(
        (variable, value) -> {
          String name = names.get(variable);
          if (name == null && variable.startsWith(ENVIRONMENT_PREFIX + "KAFKA_"))
            name = variable.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
          if (name != null) values.put(name, new Origin(value, "environment variable " + variable));
        });
  }

  /// The environment variable that sets a key.
  public static String environmentName(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private void check(Key<?> key) {
    if (!values.containsKey(key.name()) && key.fallback() == null) return;
    get(key);
  }

  /// @throws UserError if the key has no value and no fallback, or the value is not allowed
  public <T> T get(Key<T> key) {
    if (keys.get(key.name()) != key) throw new IllegalArgumentException("key " + key.name() + " was not declared");
    Origin origin = values.get(key.name());
    String text = origin != null ? origin.value() : key.fallback();
    if (text == null)
      throw new UserError(
          "%s must be set (%s): give it in the settings file, as %s or with --set %s=..."
              .formatted(key.name(), key.purpose(), environmentName(key.name()), key.name()));
    try {
      return key.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "%s is '%s' (%s), allowed is %s"
              .formatted(key.name(), text, origin != null ? origin.from() : "default", key.allowed()),
          e);
    }
  }

  public boolean isSet(Key<?> key) {
    return values.containsKey(key.name());
  }

  /// What is set under `kafka.`, without the prefix.
  public Map<String, Object> kafka() {
    Map<String, Object> kafka = new TreeMap<>();
    values.forEach(
        (name, origin) -> {
          if (name.startsWith(KAFKA_PREFIX)) kafka.put(name.substring(KAFKA_PREFIX.length()), origin.value());
        });
    return kafka;
  }

  /// Every value that was set, by key.
  public Map<String, Origin> origins() {
    return Map.copyOf(values);
  }
}
