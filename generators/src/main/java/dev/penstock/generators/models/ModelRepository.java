package dev.penstock.generators.models;

import dev.penstock.generators.models.ModelFolder.Prepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The places where models are searched, in order: explicit folders, the bundled `models/` folder, the user's cache.
///
/// Each place is a folder of model folders, or a model folder itself. Within one place the highest version wins;
/// between places the first one does. Reads the disk at every call, holds nothing. Safe for many threads.
///
/// @param places where to look, in order; places that do not exist are passed over
public record ModelRepository(List<Path> places) {

  private static final Prepared NOTHING = (file, manifest, digest) -> false;

  public ModelRepository {
    places = List.copyOf(places);
  }

  /// The usual search order: `explicit`, `$PENSTOCK_HOME/models`, `${PENSTOCK_CACHE:-~/.cache/penstock}/models`.
  public static ModelRepository of(List<Path> explicit, Map<String, String> environment) {
    var places = new ArrayList<>(explicit);
    String home = environment.get("PENSTOCK_HOME");
    if (home != null && !home.isBlank()) {
      places.add(Path.of(home, "models"));
    }
    places.add(userCache(environment));
    return new ModelRepository(places);
  }

  /// Where pulled models live: `${PENSTOCK_CACHE:-~/.cache/penstock}/models`.
  public static Path userCache(Map<String, String> environment) {
    String cache = environment.get("PENSTOCK_CACHE");
    return cache != null && !cache.isBlank()
        ? Path.of(cache, "models")
        : Path.of(System.getProperty("user.home"), ".cache", "penstock", "models");
  }

  /// The first model of this name in the search order, every digest verified.
  ///
  /// @throws ModelNotFoundException says where was looked and which models are there
  /// @throws InvalidModelException  the model is there but damaged
  public ModelFolder find(String name) {
    return find(name, NOTHING);
  }

  /// As above, but what was prepared of a model's large files stands for them ([ModelFolder#open(Path, Prepared)]).
  public ModelFolder find(String name, Prepared prepared) {
    return find(name, manifest -> true, name, prepared);
  }

  /// The model of this folder, wherever that is, with the models of these places that it is made of; every digest verified.
  ///
  /// @throws InvalidModelException it is damaged, or a model that it is made of is not in these places
  public ModelFolder open(Path folder) {
    return withParts(ModelFolder.open(folder), NOTHING);
  }

  /// The highest version of this name, wherever it lies, every digest verified. Of equal versions the first in the search order.
  ///
  /// @throws ModelNotFoundException says where was looked and which models are there
  /// @throws InvalidModelException  the model is there but damaged
  public ModelFolder newest(String name) {
    return list().stream()
        .filter(listing -> listing instanceof ModelListing.Readable && matches(listing, name, manifest -> true))
        .map(ModelListing.Readable.class::cast)
        .map(readable -> readable.manifest().version())
        .max(Comparator.comparing(ModelVersion::parse))
        .map(version -> find(name, version))
        .orElseGet(() -> find(name));
  }

  /// The first model of this name and version in the search order, every digest verified.
  ///
  /// @throws ModelNotFoundException says where was looked and which models are there
  /// @throws InvalidModelException  the model is there but damaged
  public ModelFolder find(String name, String version) {
    return find(name, version, NOTHING);
  }

  /// As above, but what was prepared of a model's large files stands for them.
  public ModelFolder find(String name, String version, Prepared prepared) {
    return find(name, manifest -> manifest.version().equals(version), name + " " + version, prepared);
  }

  /// Every model folder of every place, in search order, names sorted within a place; digests not verified.
  public List<ModelListing> list() {
    return places.stream().flatMap(place -> list(place).stream()).toList();
  }

  private ModelFolder find(String name, Predicate<ModelManifest> wanted, String words, Prepared prepared) {
    for (Path place : places) {
      var best = list(place).stream()
          .filter(listing -> matches(listing, name, wanted))
          .max(Comparator.comparing(ModelRepository::version));
      if (best.isPresent()) {
        return withParts(ModelFolder.open(best.get().path(), prepared), prepared);
      }
    }
    throw notFound(words);
  }

  private ModelFolder withParts(ModelFolder folder, Prepared prepared) {
    var parts = new TreeMap<String, ModelFolder>();
    for (String name : folder.manifest().section().parts()) {
      parts.put(name, part(folder, name, prepared));
    }
    for (String name : folder.manifest().section().optionalParts()) {
      if (isThere(name)) {
        parts.put(name, part(folder, name, prepared));
      }
    }
    return folder.with(parts);
  }

  private boolean isThere(String name) {
    return list().stream().anyMatch(listing -> matches(listing, name, manifest -> true));
  }

  private ModelFolder part(ModelFolder whole, String name, Prepared prepared) {
    String made = "Model " + whole.manifest().name() + " is made of " + name;
    for (ModelListing listing : list()) {
      if (listing instanceof ModelListing.Readable(Path path, ModelManifest manifest)
          && manifest.name().equals(name) && !manifest.section().parts().isEmpty()) {
        throw new InvalidModelException(made + ", which is itself made of other models; one that is not is needed.");
      }
    }
    try {
      return find(name, prepared);
    } catch (ModelNotFoundException missing) {
      throw new InvalidModelException(made + ": " + missing.getMessage(), missing);
    }
  }

  /// A folder that carries the wanted name but cannot be read matches too: opening it then says what is wrong.
  private static boolean matches(ModelListing listing, String name, Predicate<ModelManifest> wanted) {
    return switch (listing) {
      case ModelListing.Readable(Path path, ModelManifest manifest) ->
          manifest.name().equals(name) && wanted.test(manifest);
      case ModelListing.Unreadable(Path path, String problem) -> String.valueOf(path.getFileName()).equals(name);
    };
  }

  private static ModelVersion version(ModelListing listing) {
    return switch (listing) {
      case ModelListing.Readable(Path path, ModelManifest manifest) -> ModelVersion.parse(manifest.version());
      case ModelListing.Unreadable(Path path, String problem) -> ModelVersion.LOWEST;
    };
  }

  private ModelNotFoundException notFound(String words) {
    String there = list().stream()
        .filter(ModelListing.Readable.class::isInstance).map(ModelListing.Readable.class::cast)
        .map(readable -> readable.manifest().name() + " " + readable.manifest().version())
        .distinct().collect(Collectors.joining(", "));
    String looked = places.stream().map(Path::toString).collect(Collectors.joining(", "));
    return new ModelNotFoundException("Model " + words + " is in none of " + looked + "; there "
        + (there.isEmpty() ? "are no models" : "are " + there) + ".");
  }

  private static List<ModelListing> list(Path place) {
    if (isModel(place)) {
      return List.of(listing(place));
    }
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(place)) {
      return children.filter(child -> !child.getFileName().toString().startsWith("."))
          .filter(ModelRepository::isModel).sorted().map(ModelRepository::listing).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The folder of models " + place + " cannot be listed.", unreadable);
    }
  }

  private static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve(ModelManifest.FILE_NAME));
  }

  private static ModelListing listing(Path folder) {
    try {
      return new ModelListing.Readable(folder, ModelManifest.read(folder.resolve(ModelManifest.FILE_NAME)));
    } catch (InvalidModelException invalid) {
      return new ModelListing.Unreadable(folder, String.valueOf(invalid.getMessage()));
    }
  }
}
