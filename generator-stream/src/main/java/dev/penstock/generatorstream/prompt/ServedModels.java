package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.models.ModelFamily;
import dev.penstock.generators.models.PictureUse;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.PromptRequested;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The models this instance serves, in order of preference: the first of a modality is its default. A model that reads
/// texts and writes none is a default only where no other makes text. Immutable.
public final class ServedModels {

  private final List<ServedModel> models;
  private final Map<Modality, ServedModel> defaults = new EnumMap<>(Modality.class);
  private final Map<String, ServedModel> byName = new HashMap<>();
  private final Map<String, ServedModel> byDigest = new HashMap<>();

  public ServedModels(List<ServedModel> models) {
    this.models = List.copyOf(models);
    for (Modality modality : Modality.values())
      findDefault(modality).ifPresent(model -> defaults.put(modality, model));
    for (ServedModel model : models) {
      byName.putIfAbsent(model.manifest().name(), model);
      byName.putIfAbsent(model.reference(), model);
      byDigest.putIfAbsent(model.digest(), model);
    }
  }

  /// Models that need a picture are never a default.
  private Optional<ServedModel> findDefault(Modality modality) {
    List<ServedModel> makers = models.stream()
        .filter(m -> makes(m, modality) && m.manifest().section().pictureUse() != PictureUse.REQUIRED).toList();
    return makers.stream().filter(m -> !reads(m)).findFirst().or(() -> makers.stream().findFirst());
  }

  private static boolean reads(ServedModel model) {
    return model.manifest().family() == ModelFamily.TOKEN_CLASSIFICATION;
  }

  public List<ServedModel> models() {
    return models;
  }

  /// The model that serves `name` or `name@version`.
  public Optional<ServedModel> named(String reference) {
    return Optional.ofNullable(byName.get(reference));
  }

  /// The model of prompts that name none.
  public Optional<ServedModel> defaultOf(Modality modality) {
    return Optional.ofNullable(defaults.get(modality));
  }

  /// What a prompt gets that names a model, or none.
  public Optional<ServedModel> askedForBy(PromptRequested request) {
    if (request.getModel() != null) return named(request.getModel());
    Modality modality = request.getModality();
    return defaultOf(modality == Modality.UNKNOWN ? Modality.TEXT : modality);
  }

  public Optional<ServedModel> byDigest(String digest) {
    return Optional.ofNullable(byDigest.get(digest));
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
