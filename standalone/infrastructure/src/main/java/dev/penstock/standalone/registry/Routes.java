package dev.penstock.standalone.registry;

import dev.penstock.standalone.registry.RegistryRecord.SchemaVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of Confluent's REST API that clients, consoles and serializers use. `normalize` is accepted and
/// changes nothing: schemas are always stored as Avro prints them.
final class Routes {

  private final SchemaStore store;
  private final List<Route> table;

  Routes(SchemaStore store) {
    this.store = store;
    this.table =
        List.of(
            Route.of("GET", "/", call -> Map.of()),
            Route.of("GET", "/subjects", call -> store.subjects()),
            Route.of("GET", "/subjects/{subject}/versions", this::versionNumbers),
            Route.of("POST", "/subjects/{subject}/versions", this::register),
            Route.of("GET", "/subjects/{subject}/versions/{version}", call -> json(version(call))),
            Route.of("POST", "/subjects/{subject}", this::find),
            Route.of("GET", "/schemas/types", call -> List.of("AVRO")),
            Route.of("GET", "/schemas/ids/{id}", this::schemaOfId),
            Route.of("GET", "/schemas/ids/{id}/versions", this::usesOfId),
            Route.of("GET", "/config", call -> Map.of("compatibilityLevel", store.globalLevel())),
            Route.of("PUT", "/config", call -> setLevel(call, true)),
            Route.of("GET", "/config/{subject}", this::level),
            Route.of("PUT", "/config/{subject}", call -> setLevel(call, false)),
            Route.of("POST", "/compatibility/subjects/{subject}/versions", this::isCompatible),
            Route.of("POST", "/compatibility/subjects/{subject}/versions/{version}", this::isCompatible));
  }

  List<Route> table() {
    return table;
  }

  private Object versionNumbers(Call call) {
    return versions(call).stream().map(SchemaVersion::version).toList();
  }

  private Object register(Call call) {
    if (call.body().path("id").asInt() > 0) throw RegistryException.idNotChosenByClients();
    return Map.of("id", store.register(call.subject(), call.schema()));
  }

  private Object find(Call call) {
    versions(call);
    return json(store.find(call.subject(), call.schema()).orElseThrow(RegistryException::schemaNotFound));
  }

  private Object schemaOfId(Call call) {
    return Map.of("schema", store.schema(call.id()).orElseThrow(RegistryException::schemaNotFound));
  }

  private Object usesOfId(Call call) {
    store.schema(call.id()).orElseThrow(RegistryException::schemaNotFound);
    return store.uses(call.id()).stream()
        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
        .toList();
  }

  private Object level(Call call) {
    CompatibilityLevel level =
        call.isSet("defaultToGlobal")
            ? store.levelInForce(call.subject())
            : store.ownLevel(call.subject()).orElseThrow(() -> RegistryException.levelNotSet(call.subject()));
    return Map.of("compatibilityLevel", level);
  }

  private Object setLevel(Call call, boolean global) {
    String name = call.body().path("compatibility").asText();
    CompatibilityLevel level =
        CompatibilityLevel.named(name).orElseThrow(() -> RegistryException.invalidLevel(name));
    store.setLevel(global ? null : call.subject(), level);
    return Map.of("compatibility", level);
  }

  /// Against one version, or against those that the level asks for; nothing is wrong where nothing was before.
  private Object isCompatible(Call call) {
    List<SchemaVersion> earlier = store.liveVersions(call.subject());
    boolean isLatest = isLatest(call.path().getOrDefault("version", "latest"));
    if (call.path().containsKey("version") && !(isLatest && earlier.isEmpty())) earlier = List.of(version(call));
    List<String> objections = store.objections(call.subject(), call.schema(), earlier);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("is_compatible", objections.isEmpty());
    if (call.isSet("verbose")) answer.put("messages", objections);
    return answer;
  }

  private List<SchemaVersion> versions(Call call) {
    List<SchemaVersion> versions = store.liveVersions(call.subject());
    if (versions.isEmpty()) throw RegistryException.subjectNotFound(call.subject());
    return versions;
  }

  private SchemaVersion version(Call call) {
    String text = call.path().getOrDefault("version", "");
    if (isLatest(text)) return versions(call).getLast();
    int number = number(text);
    return versions(call).stream()
        .filter(version -> version.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryException.versionNotFound(number));
  }

  private static boolean isLatest(String version) {
    return version.equals("latest") || version.equals("-1");
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) return number;
    } catch (NumberFormatException e) {
      throw RegistryException.invalidVersion(text);
    }
    throw RegistryException.invalidVersion(text);
  }

  private static Map<String, Object> json(SchemaVersion version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("subject", version.subject());
    json.put("version", version.version());
    json.put("id", version.id());
    json.put("schemaType", "AVRO");
    json.put("schema", version.schema());
    return json;
  }
}
