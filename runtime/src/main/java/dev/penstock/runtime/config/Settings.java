package dev.penstock.runtime.config;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is set, and where it came from: file, then environment, then command line, the later the stronger.
/// Unknown keys are refused by name; under the prefix that is passed on (`kafka.`) slips are. A value may refer to a
/// secret that lies elsewhere: [SecretReferences]. Immutable.
public final class Settings {

  /// Everything under it goes to Kafka's clients as it is, without the prefix.
  public static final String KAFKA_PREFIX = "kafka.";

  private static final String DEFAULT = "default";

  /// A value and the place that set it.
  ///
  /// @param value with every reference to a secret resolved
  /// @param written as it stands there
  public record Origin(String value, String from, String written) {

    /// Never the value, which may be a secret.
    @Override
    public String toString() {
      return "Origin[from=" + from + "]";
    }
  }

  /// A key's value as it may be shown.
  ///
  /// @param from a file, an environment variable, the command line, or `default`
  public record Effective(String key, String shown, String from) {}

  private final Map<String, Key<?>> keys;
  private final Map<String, Origin> values;

  private Settings(Map<String, Key<?>> keys, Map<String, Origin> values) {
    this.keys = keys;
    this.values = values;
  }

  /// As below, with one file at most and no other services.
  public static Settings load(
      Collection<Key<?>> keys,
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> commandLine) {
    return load(keys, List.of(), file == null ? List.of() : List.of(file), environment, commandLine);
  }

  /// @param keys what may be set
  /// @param others keys of other services: allowed in files and in the environment, which services share, and without
  ///     effect here
  /// @param files properties files, the later the stronger
  /// @param environment usually `System.getenv()`; `PENSTOCK_INBOX_MAX_ENTRIES` sets `inbox.max.entries`
  /// @param commandLine values given as `--set key=value`
  /// @throws UserError naming the key and what is allowed
  public static Settings load(
      Collection<Key<?>> keys,
      Collection<Key<?>> others,
      List<Path> files,
      Map<String, String> environment,
      Map<String, String> commandLine) {
    Map<String, Key<?>> known = new LinkedHashMap<>();
    for (Key<?> key : keys) known.put(key.name(), key);
    Draft draft = new Draft(known, others);
    for (Path file : files) readFile(file).forEach((k, v) -> draft.put(k, v, file.toString(), true));
    draft.putEnvironment(environment);
    commandLine.forEach((k, v) -> draft.put(k, v, "command line", false));
    Settings settings = new Settings(known, draft.values);
    known.values().forEach(settings::check);
    return settings;
  }

  private static Map<String, String> readFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("cannot read the settings file %s: %s".formatted(file, e), e);
    }
    Map<String, String> map = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }

  /// Settings while they are put together.
  private static final class Draft {

    private final Map<String, Key<?>> known;
    private final Set<String> others = new TreeSet<>();
    private final Environment environment;
    private final Map<String, Origin> values = new TreeMap<>();
    private final SecretReferences secrets = new SecretReferences();

    Draft(Map<String, Key<?>> known, Collection<Key<?>> others) {
      this.known = known;
      others.forEach(key -> this.others.add(key.name()));
      List<Key<?>> all = new ArrayList<>(others);
      all.addAll(known.values());
      this.environment = new Environment(all);
    }

    void put(String name, String written, String from, boolean isShared) {
      if (!known.containsKey(name) && !name.startsWith(KAFKA_PREFIX)) {
        if (isShared && others.contains(name)) return;
        throw new UserError(
            "unknown key %s (%s); allowed are %s and anything under %s"
                .formatted(name, from, String.join(", ", known.keySet()), KAFKA_PREFIX));
      }
      if (!known.containsKey(name)) refuseSlip(name, from);
      values.put(name, new Origin(secrets.resolve(name, from, written), from, written));
    }

    private static void refuseSlip(String name, String from) {
      KafkaNames.meantBy(name.substring(KAFKA_PREFIX.length()))
          .ifPresent(
              meant -> {
                throw new UserError(
                    "unknown key %s (%s): Kafka would ignore it; did you mean %s%s?"
                        .formatted(name, from, KAFKA_PREFIX, meant));
              });
    }

    void putEnvironment(Map<String, String> variables) {
      new TreeMap<>(variables)
          .forEach(
              (variable, value) ->
                  environment
                      .key(variable, value)
                      .ifPresent(name -> put(name, value, "environment variable " + variable, true)));
    }
  }

  /// The environment variable that sets a key.
  public static String environmentName(String key) {
    return Environment.variable(key);
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
              .formatted(
                  key.name(),
                  Masking.shown(key, origin != null ? origin.written() : text),
                  origin != null ? origin.from() : DEFAULT,
                  key.allowed()),
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

  /// Every key with its value in force, secrets masked: first those there are, then what goes to Kafka.
  public List<Effective> effective() {
    List<Effective> all = new ArrayList<>();
    for (Key<?> key : keys.values()) {
      Origin origin = values.get(key.name());
      String written = origin != null ? origin.written() : key.fallback();
      if (written != null)
        all.add(new Effective(key.name(), Masking.shown(key, written), origin != null ? origin.from() : DEFAULT));
    }
    values.forEach(
        (name, origin) -> {
          if (!keys.containsKey(name))
            all.add(new Effective(name, Masking.shownForKafka(name, origin.written()), origin.from()));
        });
    return all;
  }

  /// Every value that was set, by key.
  public Map<String, Origin> origins() {
    return Map.copyOf(values);
  }
}
