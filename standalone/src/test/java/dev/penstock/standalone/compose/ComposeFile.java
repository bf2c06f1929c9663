package dev.penstock.standalone.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A compose file as a tree, with the questions that a check asks of it.
record ComposeFile(JsonNode tree) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Aliases are resolved, as compose does.
  static ComposeFile parse(String yaml) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new ComposeFile(JSON.valueToTree(tree));
  }

  /// This file with another over it, as `docker compose -f this -f other` merges them: maps by key, the rest replaced.
  ComposeFile under(ComposeFile other) {
    ObjectNode merged = tree.deepCopy();
    merge(merged, other.tree());
    return new ComposeFile(merged);
  }

  private static void merge(ObjectNode below, JsonNode above) {
    above
        .properties()
        .forEach(
            field -> {
              JsonNode old = below.get(field.getKey());
              if (old instanceof ObjectNode map && field.getValue().isObject()) merge(map, field.getValue());
              else below.set(field.getKey(), field.getValue());
            });
  }

  Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new LinkedHashMap<>();
    tree.path("services").properties().forEach(field -> services.put(field.getKey(), field.getValue()));
    return services;
  }

  boolean declares(String kind, String name) {
    return tree.path(kind).has(name);
  }

  /// As the container gets them: a dollar sign is written twice in the file.
  static Map<String, String> environment(JsonNode service) {
    Map<String, String> environment = new LinkedHashMap<>();
    service
        .path("environment")
        .properties()
        .forEach(field -> environment.put(field.getKey(), field.getValue().asText().replace("$$", "$")));
    return environment;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
