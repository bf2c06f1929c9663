package dev.penstock.standalone.registry;

import dev.penstock.standalone.registry.RegistryRecord.LevelSet;
import dev.penstock.standalone.registry.RegistryRecord.SchemaVersion;
import dev.penstock.standalone.registry.RegistryRecord.SubjectDeleted;
import dev.penstock.standalone.registry.RegistryRecord.VersionRemoved;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Which subject has which schemas, and which schema an id means. What is written is in the topic before it can
/// be seen. Threads may share one; every method waits for the others.
final class SchemaStore {

  private final SchemaTopic topic;
  private final NavigableMap<String, NavigableMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
  private final Map<Integer, String> schemas = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;
  private int lastId;

  /// Reads the topic.
  SchemaStore(SchemaTopic topic) throws IOException {
    this.topic = topic;
    topic.readAll(this::apply);
  }

  private synchronized void apply(RegistryRecord record) {
    switch (record) {
      case SchemaVersion version -> {
        subjects.computeIfAbsent(version.subject(), subject -> new TreeMap<>()).put(version.version(), version);
        schemas.put(version.id(), version.schema());
        ids.putIfAbsent(version.schema(), version.id());
        lastId = Math.max(lastId, version.id());
      }
      case VersionRemoved removed -> versions(removed.subject()).remove(removed.version());
      case SubjectDeleted deleted ->
          versions(deleted.subject()).headMap(deleted.lastVersion(), true).replaceAll((number, v) -> hidden(v));
      case LevelSet set -> {
        if (set.subject() == null) globalLevel = set.level() != null ? set.level() : CompatibilityLevel.BACKWARD;
        else if (set.level() == null) levels.remove(set.subject());
        else levels.put(set.subject(), set.level());
      }
    }
  }

  private static SchemaVersion hidden(SchemaVersion v) {
    return new SchemaVersion(v.subject(), v.version(), v.id(), v.schema(), true);
  }

  private NavigableMap<Integer, SchemaVersion> versions(String subject) {
    return subjects.getOrDefault(subject, new TreeMap<>());
  }

  synchronized List<String> subjects() {
    return subjects.keySet().stream().filter(subject -> !liveVersions(subject).isEmpty()).toList();
  }

  /// Oldest first; empty if there is no such subject.
  synchronized List<SchemaVersion> liveVersions(String subject) {
    return versions(subject).values().stream().filter(version -> !version.deleted()).toList();
  }

  synchronized Optional<String> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  /// Where a schema is registered.
  synchronized List<SchemaVersion> uses(int id) {
    return subjects.keySet().stream().flatMap(s -> liveVersions(s).stream()).filter(v -> v.id() == id).toList();
  }

  synchronized Optional<SchemaVersion> find(String subject, Schema schema) {
    String text = schema.toString();
    return liveVersions(subject).stream().filter(version -> version.schema().equals(text)).findFirst();
  }

  /// @return the schema's id, the same under every subject
  /// @throws RegistryException if the subject's level forbids the schema
  synchronized int register(String subject, Schema schema) {
    Optional<SchemaVersion> known = find(subject, schema);
    if (known.isPresent()) return known.get().id();
    List<String> objections = objections(subject, schema, liveVersions(subject));
    if (!objections.isEmpty()) throw RegistryException.incompatible(String.join("; ", objections));
    String text = schema.toString();
    NavigableMap<Integer, SchemaVersion> versions = versions(subject);
    int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
    SchemaVersion added = new SchemaVersion(subject, number, ids.getOrDefault(text, lastId + 1), text, false);
    append(RecordFormat.write(added));
    apply(added);
    return added.id();
  }

  /// What the subject's level has against a schema.
  synchronized List<String> objections(String subject, Schema schema, List<SchemaVersion> earlier) {
    List<Schema> parsed = earlier.stream().map(version -> SchemaText.parse(version.schema())).toList();
    return levelInForce(subject).objections(schema, parsed);
  }

  synchronized CompatibilityLevel levelInForce(String subject) {
    return levels.getOrDefault(subject, globalLevel);
  }

  synchronized CompatibilityLevel globalLevel() {
    return globalLevel;
  }

  /// The level that was set for the subject itself.
  synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /// @param subject null for the global level
  synchronized void setLevel(@Nullable String subject, CompatibilityLevel level) {
    append(RecordFormat.write(subject, level));
    apply(new LevelSet(subject, level));
  }

  private void append(RecordFormat.Bytes record) {
    try {
      topic.append(record);
    } catch (IOException e) {
      throw RegistryException.store(e);
    }
  }
}
