package dev.penstock.generators.models.oneshot;

import static dev.penstock.generators.models.oneshot.LatentInputs.refused;

import dev.penstock.generators.models.FamilySection;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.writing.DraftFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Adds a graph of ONNX that does its work in one run.
public final class OneShotImporter {

  private final Path file;
  private final OneShotSettings settings;
  private final Naming naming;
  private final Consumer<Added> told;

  /// What the model is called.
  ///
  /// @param name    for the manifest
  /// @param licence SPDX identifier
  /// @param source  where the file came from
  public record Naming(String name, String licence, String source) {}

  /// What a family makes of a graph.
  record Part(FamilySection section, Modality modality, ModelParameters parameters, String description, List<Added.Finding> findings) {}

  private OneShotImporter(Path file, OneShotSettings settings, Naming naming, Consumer<Added> told) {
    this.file = file;
    this.settings = settings;
    this.naming = naming;
    this.told = told;
  }

  /// Adds the graph of a file as the folder `target`, which must not exist yet; it is complete or not there.
  ///
  /// @param told hears what was found out before the folder gets its name
  /// @throws dev.penstock.generators.models.ModelException the file is damaged or cannot be understood, or the target
  ///     exists; one sentence says what and where
  public static ModelFolder importModel(Path file, Path target, OneShotSettings settings, Naming naming, Consumer<Added> told) {
    var importer = new OneShotImporter(file, settings, naming, told);
    DraftFolder.fill(target, naming.name(), importer::fill);
    return ModelFolder.open(target);
  }

  private Part fill(Path draft) throws IOException {
    OneShotGraph graph = OneShotGraph.read(file);
    if (graph.graph().inputs().isEmpty()) {
      throw refused(file, "it has no inputs");
    }
    Optional<PicturePart> picture = PicturePart.of(graph, settings);
    Part part = picture.isPresent() ? picture.get().write(draft) : new GeneratorPart(graph, settings).write(draft);
    told.accept(new Added(part.section().family().word(), part.findings()));
    Files.writeString(draft.resolve(ModelManifest.FILE_NAME), manifest(draft, part).toYaml());
    return part;
  }

  private ModelManifest manifest(Path draft, Part part) throws IOException {
    return new ModelManifest(naming.name(), "1.0.0", part.modality(), naming.licence(), naming.source(),
        settings.description().orElse(part.description()), digests(draft), part.parameters(), part.section(), Map.of());
  }

  private static Map<String, String> digests(Path draft) throws IOException {
    try (Stream<Path> children = Files.list(draft)) {
      var digests = new LinkedHashMap<String, String>();
      for (Path child : children.sorted().toList()) {
        digests.put(child.getFileName().toString(), Sha256.of(child));
      }
      return digests;
    }
  }
}
