package dev.penstock.generatorstream.prompt;

import dev.penstock.schemas.Modality;
import dev.penstock.schemas.PromptRequested;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The models this instance serves, in order of preference: the first of a modality is its default. Immutable.
public record ServedModels(List<ServedModel> models) {

  public ServedModels {
    models = List.copyOf(models);
  }

  /// The model that serves `name` or `name@version`.
  public Optional<ServedModel> named(String reference) {
    return models.stream()
        .filter(m -> m.manifest().name().equals(reference) || m.reference().equals(reference))
        .findFirst();
  }

  public Optional<ServedModel> defaultOf(Modality modality) {
    return models.stream().filter(m -> makes(m, modality)).findFirst();
  }

  /// What a prompt gets that names a model, or none.
  public Optional<ServedModel> askedForBy(PromptRequested request) {
    if (request.getModel() != null) return named(request.getModel());
    Modality modality = request.getModality();
    return defaultOf(modality == Modality.UNKNOWN ? Modality.TEXT : modality);
  }

  public Optional<ServedModel> byDigest(String digest) {
    return models.stream().filter(m -> m.digest().equals(digest)).findFirst();
  }

  public static boolean makes(ServedModel model, Modality modality) {
    return modality == switch (model.manifest().modality()) {
      case TEXT -> Modality.TEXT;
      case IMAGE -> Modality.IMAGE;
      case AUDIO -> Modality.AUDIO;
      case VIDEO -> Modality.VIDEO;
    };
  }

  /// The names, for messages.
  public String names() {
    return models.stream().map(ServedModel::reference).collect(Collectors.joining(", "));
  }
}
