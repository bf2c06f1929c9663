package dev.penstock.standalone.move;

import dev.penstock.runtime.UserError;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.RegisteredSchema;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Registers everything that one registry has at another, empty one, so that every id means there what it means here:
/// records that were written before can be read with either. Registries give ids in the order in which they first see a
/// schema; so each is registered in the order of its id, and the answer compared.
public final class RegistryMove {

  private final HttpSchemaRegistry from;
  private final HttpSchemaRegistry to;

  public RegistryMove(HttpSchemaRegistry from, HttpSchemaRegistry to) {
    this.from = from;
    this.to = to;
  }

  /// @param level which changes are to be allowed there, for example `FULL_TRANSITIVE`
  /// @return how many versions were registered
  /// @throws UserError if the other registry is not empty, or gives another id; what was registered before stays there
  public int run(String level) {
    if (!to.all().isEmpty())
      throw new UserError("the registry that is moved to has subjects already; ids survive only into an empty one");
    List<RegisteredSchema> all = inOrder(from.all());
    all.forEach(this::register);
    all.stream().map(RegisteredSchema::subject).distinct().forEach(subject -> to.setLevel(subject, level));
    compare(all);
    return all.size();
  }

  /// Versions, too, must be what they were.
  private void compare(List<RegisteredSchema> all) {
    Set<String> there = new HashSet<>();
    for (RegisteredSchema schema : to.all()) there.add(described(schema));
    for (RegisteredSchema schema : all)
      if (!there.contains(described(schema)))
        throw new UserError("%s is not there after the move, but under another number".formatted(described(schema)));
  }

  private static String described(RegisteredSchema schema) {
    return "version %d of subject %s with id %d".formatted(schema.version(), schema.subject(), schema.id());
  }

  /// First each schema once, by id, under the subject that has most versions, since those must keep their order; then
  /// where it is registered beside that. Apicurio spends a number on a schema that it knows already and is given under
  /// another subject.
  private static List<RegisteredSchema> inOrder(List<RegisteredSchema> all) {
    Map<String, Long> versions =
        all.stream().collect(Collectors.groupingBy(RegisteredSchema::subject, Collectors.counting()));
    Comparator<RegisteredSchema> byId =
        Comparator.comparingInt(RegisteredSchema::id)
            .thenComparing(schema -> -versions.getOrDefault(schema.subject(), 0L))
            .thenComparing(RegisteredSchema::subject);
    Set<Integer> seen = new HashSet<>();
    List<RegisteredSchema> sorted = all.stream().sorted(byId).toList();
    Set<RegisteredSchema> first = new HashSet<>();
    for (RegisteredSchema schema : sorted) if (seen.add(schema.id())) first.add(schema);
    return sorted.stream()
        .sorted(Comparator.comparing((RegisteredSchema schema) -> !first.contains(schema)).thenComparing(byId))
        .toList();
  }

  private void register(RegisteredSchema schema) {
    int id = to.register(schema.subject(), schema.schema());
    if (id != schema.id())
      throw new UserError(
          "version %d of subject %s has id %d and would have id %d there: empty that registry, and move into one that takes ids as they are (Confluent's in mode IMPORT)"
              .formatted(schema.version(), schema.subject(), schema.id(), id));
  }
}
