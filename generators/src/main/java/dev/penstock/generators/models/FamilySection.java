package dev.penstock.generators.models;

import java.util.List;
import java.util.Map;

/// What only one family needs to know about a model; the manifest holds exactly one.
public sealed interface FamilySection permits DiffusionSection, ImageClassifierSection, LanguageModelSection,
    OneShotImageSection, SpeechSection, SuperResolutionSection, TokenClassificationSection, VideoSection,
    VqImageSection {

  ModelFamily family();

  /// Names of the files that this section points at; each must be listed under `files`.
  List<String> referencedFiles();

  /// What every model of the family takes from a prompt, because the engine does it and not the network; a manifest
  /// need not declare it, and may to narrow it.
  Map<String, ParameterSpec> commonParameters();

  /// Names of the other models that a model is made of.
  default List<String> parts() {
    return List.of();
  }

  /// Names of other models that it can do without.
  default List<String> optionalParts() {
    return List.of();
  }

  /// Whether prompts bring a picture.
  default PictureUse pictureUse() {
    return PictureUse.NONE;
  }
}
