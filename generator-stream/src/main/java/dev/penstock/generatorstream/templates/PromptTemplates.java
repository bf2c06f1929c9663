package dev.penstock.generatorstream.templates;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The templates that prompts may name, as they were when the process started. Every version stays: a file is added for
/// a new one, and a prompt that names no version gets the highest. Immutable; any thread.
public final class PromptTemplates {

  public static final PromptTemplates NONE = new PromptTemplates(List.of());

  private final SortedMap<String, SortedMap<Integer, PromptTemplate>> byName = new TreeMap<>();

  PromptTemplates(Collection<PromptTemplate> templates) {
    for (PromptTemplate template : templates) add(template);
  }

  /// Reads `*.yaml` of a folder, and of the bundled folder `$PENSTOCK_HOME/templates`; what both have is taken from the
  /// first.
  ///
  /// @param folder null for the bundled ones only
  /// @throws UserError if the folder or a file in it cannot be read, naming file and place
  public static PromptTemplates open(@Nullable Path folder, Map<String, String> environment) {
    PromptTemplates all = new PromptTemplates(List.of());
    if (folder != null) all.addAll(read(folder));
    String home = environment.get("PENSTOCK_HOME");
    Path bundled = home == null || home.isBlank() ? null : Path.of(home, "templates");
    if (bundled != null && Files.isDirectory(bundled))
      for (PromptTemplate template : read(bundled)) if (!all.has(template)) all.add(template);
    return all;
  }

  private static List<PromptTemplate> read(Path folder) {
    List<PromptTemplate> templates = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".yaml"))
          .sorted()
          .forEach(file -> templates.add(TemplateFile.read(file)));
    } catch (IOException e) {
      throw new UserError("the folder of templates %s cannot be read: %s".formatted(folder, e), e);
    }
    return templates;
  }

  private void addAll(List<PromptTemplate> templates) {
    for (PromptTemplate template : templates) {
      if (has(template))
        throw new UserError(
            "two files have template %s; a changed template takes the next version".formatted(template.reference()));
      add(template);
    }
  }

  private boolean has(PromptTemplate template) {
    return byName.getOrDefault(template.name(), new TreeMap<>()).containsKey(template.version());
  }

  private void add(PromptTemplate template) {
    byName.computeIfAbsent(template.name(), name -> new TreeMap<>()).put(template.version(), template);
  }

  /// All versions, by name, the newest first.
  public List<PromptTemplate> all() {
    return byName.values().stream()
        .flatMap(versions -> versions.values().stream().sorted(Comparator.comparing(PromptTemplate::version).reversed()))
        .toList();
  }

  /// @param reference `name` for the newest version, or `name@version`
  /// @throws TemplateRefusal UNKNOWN_TEMPLATE, naming those there are
  public PromptTemplate named(String reference) throws TemplateRefusal {
    int at = reference.indexOf('@');
    var versions = byName.get(at < 0 ? reference : reference.substring(0, at));
    if (versions == null) throw unknown(reference, "known are " + names());
    if (at < 0) return versions.get(versions.lastKey());
    for (PromptTemplate template : versions.values()) if (template.reference().equals(reference)) return template;
    throw unknown(reference, "known versions are " + versions.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private static TemplateRefusal unknown(String reference, String known) {
    String shown = reference.replaceAll("[^\\p{Alnum}@._-]", "?");
    if (shown.length() > 64) shown = shown.substring(0, 64) + "...";
    return new TemplateRefusal("UNKNOWN_TEMPLATE", "there is no template %s here; %s".formatted(shown, known));
  }

  private String names() {
    return byName.isEmpty() ? "none" : String.join(", ", byName.keySet());
  }
}
