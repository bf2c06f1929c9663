package dev.penstock.standalone.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.Penstock;
import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import dev.penstock.runtime.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;

/// What is wrong with a compose file, as sentences: its form against a schema, and every image, command, variable, address,
/// port, mount, secret and health check against the code.
final class ComposeCheck {

  private static final Pattern SECRET = Pattern.compile("\\$\\{directory:/run/secrets:([^}]+)}");
  private static final Pattern ADDRESS = Pattern.compile("(?:[a-z:]+//)?([a-z][a-z-]*):(\\d+)(?:/.*)?");

  /// Keys that say where a service listens for people, by their port.
  private static final Map<String, String> PUBLISHED = Map.of("producer", "http.port", "sink", "console.port");

  /// Keys whose values are folders, which have to lie in a volume.
  private static final List<String> FOLDERS = List.of("object.store.uri", "state.dir", "crash.dir", "export.folder");

  /// Keys whose values are addresses of other services.
  private static final List<String> ADDRESSES =
      List.of("kafka.bootstrap.servers", "schema.registry.url", "database.url");

  /// Ports at which the services of others listen, by the image's name.
  private static final Map<String, Integer> PORTS =
      Map.of("apache/kafka", 9092, "postgres", 5432, "apicurio/apicurio-registry", 8080);

  /// Variables that other images know, beside Kafka's settings.
  private static final Map<String, Set<String>> VARIABLES =
      Map.of(
          "postgres", Set.of("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE"),
          "apicurio/apicurio-registry", Set.of("APICURIO_STORAGE_KIND", "APICURIO_KAFKASQL_BOOTSTRAP_SERVERS"));

  private final ComposeFile file;
  private final Set<String> images;
  private final Set<String> ours;
  private final List<String> findings = new ArrayList<>();

  /// @param images every reference that is allowed
  /// @param ours those of them that hold our services
  ComposeCheck(ComposeFile file, Set<String> images, Set<String> ours) {
    this.file = file;
    this.images = images;
    this.ours = ours;
  }

  static List<String> formOf(ComposeFile file) throws IOException {
    try (InputStream schema = Objects.requireNonNull(ComposeCheck.class.getResourceAsStream("/compose/schema.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema).validate(file.tree()).stream()
          .map(message -> message.getMessage())
          .toList();
    }
  }

  List<String> findings() {
    file.services()
        .forEach(
            (name, service) -> {
              image(name, service);
              dependencies(name, service);
              secrets(name, service);
              mounts(name, service);
              if (ours.contains(service.path("image").asText())) ours(name, service);
              else others(name, service);
            });
    return findings;
  }

  private void say(String sentence, Object... values) {
    findings.add(sentence.formatted(values));
  }

  private void image(String name, JsonNode service) {
    String image = service.path("image").asText();
    if (!images.contains(image)) say("%s: image %s is none of %s", name, image, images);
  }

  private void dependencies(String name, JsonNode service) {
    service
        .path("depends_on")
        .properties()
        .forEach(
            needed -> {
              JsonNode other = file.services().get(needed.getKey());
              if (other == null) say("%s: depends on %s, which is no service", name, needed.getKey());
              else if (needed.getValue().path("condition").asText().equals("service_healthy") && !other.has("healthcheck"))
                say("%s: waits for the health of %s, which has no health check", name, needed.getKey());
            });
  }

  private void secrets(String name, JsonNode service) {
    List<String> mounted = ComposeFile.texts(service.path("secrets"));
    for (String secret : mounted)
      if (!file.declares("secrets", secret)) say("%s: secret %s is not declared", name, secret);
    ComposeFile.environment(service)
        .forEach(
            (variable, value) -> {
              Matcher reference = SECRET.matcher(value);
              String secret =
                  reference.matches()
                      ? reference.group(1)
                      : value.startsWith("/run/secrets/") ? value.substring("/run/secrets/".length()) : null;
              if (secret != null && !mounted.contains(secret))
                say("%s: %s reads secret %s, which is not mounted", name, variable, secret);
            });
  }

  private void mounts(String name, JsonNode service) {
    for (String volume : ComposeFile.texts(service.path("volumes")))
      if (!file.declares("volumes", volume.split(":")[0])) say("%s: volume %s is not declared", name, volume.split(":")[0]);
  }

  // ---------------------------------------------------------------- our services

  private void ours(String name, JsonNode service) {
    List<String> command = ComposeFile.texts(service.path("command"));
    if (command.isEmpty() || !Penstock.commandLine().getSubcommands().containsKey(command.getFirst())) {
      say("%s: command %s is none of the program's", name, command);
      return;
    }
    Optional<ServiceKeys> keys =
        ServiceKeys.all().stream().filter(one -> one.service().equals(command.getFirst())).findFirst();
    if (keys.isEmpty()) {
      say("%s: command %s is no service", name, command);
      return;
    }
    Map<String, String> values = values(name, service, keys.get().keys());
    addresses(name, values);
    folders(name, service, values);
    published(name, service, values, command.getFirst());
    probe(name, service, values);
  }

  /// The settings by key, each checked as the service itself would.
  private Map<String, String> values(String name, JsonNode service, List<Key<?>> keys) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> names = new TreeMap<>();
    keys.forEach(key -> names.put(Settings.environmentName(key.name()), key.name()));
    ComposeFile.environment(service)
        .forEach(
            (variable, value) -> {
              String key = names.get(variable);
              if (key == null) say("%s: variable %s sets no key of the service", name, variable);
              else values.put(key, value);
            });
    Map<String, String> plain = new TreeMap<>(values);
    // Secrets are there when it runs; 32 characters stand for them.
    plain.replaceAll((key, value) -> SECRET.matcher(value).matches() ? "x".repeat(32) : value);
    try {
      Settings.load(keys, null, Map.of(), plain);
    } catch (UserError e) {
      say("%s: %s", name, e.getMessage());
    }
    return values;
  }

  private void addresses(String name, Map<String, String> values) {
    for (String key : ADDRESSES) {
      String value = values.get(key);
      if (value == null) continue;
      Matcher address = ADDRESS.matcher(value);
      if (!address.matches()) {
        say("%s: %s is %s, which names no service and port", name, key, value);
        continue;
      }
      JsonNode other = file.services().get(address.group(1));
      if (other == null) say("%s: %s names %s, which is no service", name, key, address.group(1));
      else if (!Objects.equals(PORTS.get(repository(other)), Integer.valueOf(address.group(2))))
        say("%s: %s names port %s, and %s listens at %s", name, key, address.group(2), address.group(1), PORTS.get(repository(other)));
    }
  }

  private static String repository(JsonNode service) {
    return service.path("image").asText().split(":")[0];
  }

  private void folders(String name, JsonNode service, Map<String, String> values) {
    List<String> mounts = ComposeFile.texts(service.path("volumes")).stream().map(volume -> volume.split(":")[1]).toList();
    for (String key : FOLDERS) {
      String value = values.get(key);
      if (value == null) continue;
      String path = value.startsWith("file:") ? URI.create(value).getSchemeSpecificPart() : value;
      if (mounts.stream().noneMatch(mount -> (path + "/").startsWith(mount + "/")))
        say("%s: %s is %s, which lies in none of the volumes %s", name, key, path, mounts);
    }
  }

  private void published(String name, JsonNode service, Map<String, String> values, String command) {
    String key = PUBLISHED.get(command);
    for (String mapping : ComposeFile.texts(service.path("ports"))) {
      String port = mapping.substring(mapping.lastIndexOf(':') + 1);
      if (key == null) say("%s: port %s is published, and the service has none for people", name, port);
      else if (!port.equals(values.get(key))) say("%s: port %s is published, and %s is %s", name, port, key, values.get(key));
      else if (!"0.0.0.0".equals(values.get(key.replace(".port", ".host"))))
        say("%s: port %s is published, and the service listens on the container's loopback only", name, port);
    }
  }

  private void probe(String name, JsonNode service, Map<String, String> values) {
    List<String> test = ComposeFile.texts(service.path("healthcheck").path("test"));
    if (test.size() < 3) {
      say("%s: has no health check", name);
      return;
    }
    if (!test.getLast().equals(values.get("health.port")))
      say("%s: the health check asks port %s, and health.port is %s", name, test.getLast(), values.get("health.port"));
    if (!test.contains("/app/libs/runtime-0.1.0-SNAPSHOT.jar")) say("%s: the health check's jar is not in the image", name);
    String probe = test.get(test.size() - 2);
    try {
      Class.forName(probe).getMethod("main", String[].class);
    } catch (ReflectiveOperationException e) {
      say("%s: the health check starts %s, which is no program", name, probe);
    }
  }

  // ---------------------------------------------------------------- services of others

  private void others(String name, JsonNode service) {
    String repository = repository(service);
    ComposeFile.environment(service)
        .forEach(
            (variable, value) -> {
              boolean isKnown =
                  repository.equals("apache/kafka")
                      ? isKafkaSetting(variable)
                      : VARIABLES.getOrDefault(repository, Set.of()).contains(variable);
              if (!isKnown) say("%s: variable %s means nothing to %s", name, variable, repository);
            });
    if (repository.equals("apache/kafka")) broker(name, service);
  }

  private static boolean isKafkaSetting(String variable) {
    if (!variable.startsWith("KAFKA_")) return false;
    String key = variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
    return KafkaConfig.configDef().configKeys().containsKey(key);
  }

  private void broker(String name, JsonNode service) {
    Map<String, String> environment = ComposeFile.environment(service);
    int port = PORTS.get("apache/kafka");
    if (!environment.getOrDefault("KAFKA_ADVERTISED_LISTENERS", "").equals("PLAINTEXT://%s:%d".formatted(name, port)))
      say("%s: the broker is told to clients as %s", name, environment.get("KAFKA_ADVERTISED_LISTENERS"));
    String data = environment.getOrDefault("KAFKA_LOG_DIRS", "");
    if (ComposeFile.texts(service.path("volumes")).stream().noneMatch(volume -> volume.endsWith(":" + data)))
      say("%s: the log lies in %s, which is no volume", name, data);
  }
}
