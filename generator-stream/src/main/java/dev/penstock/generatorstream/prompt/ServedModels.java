package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.models.ModelFamily;
import dev.penstock.generators.models.PictureUse;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.PromptRequested;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The models this instance serves, in order of preference: the first of a modality is its default. A model that reads
/// texts and writes none is a default only where no other makes text. Immutable.
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

  /// Models that need a picture are never a default.
  public Optional<ServedModel> defaultOf(Modality modality) {
    List<ServedModel> makers = models.stream()
        .filter(m -> makes(m, modality) && m.manifest().section().pictureUse() != PictureUse.REQUIRED).toList();
    return makers.stream().filter(m -> !reads(m)).findFirst().or(() -> makers.stream().findFirst());
  }

  private static boolean reads(ServedModel model) {
    return model.manifest().family() == ModelFamily.TOKEN_CLASSIFICATION;
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
