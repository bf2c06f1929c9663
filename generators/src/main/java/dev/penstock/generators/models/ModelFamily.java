package dev.penstock.generators.models;

/// How a model is stepped; each family has one section record in the manifest.
public enum ModelFamily {
  LANGUAGE_MODEL("language-model", "languageModel"),
  ONE_SHOT_IMAGE("one-shot-image", "oneShotImage"),
  DIFFUSION("diffusion", "diffusion"),
  VQ_IMAGE("vq-image", "vqImage"),
  VIDEO("video", "video"),
  SPEECH("speech", "speech"),
  TOKEN_CLASSIFICATION("token-classification", "tokenClassification"),
  SUPER_RESOLUTION("super-resolution", "superResolution"),
  IMAGE_CLASSIFIER("image-classifier", "imageClassifier");

  private final String word;
  private final String sectionKey;

  ModelFamily(String word, String sectionKey) {
    this.word = word;
    this.sectionKey = sectionKey;
  }

  /// The word after `family:` in `model.yaml`.
  public String word() {
    return word;
  }

  /// The key of the family's own section in `model.yaml`.
  public String sectionKey() {
    return sectionKey;
  }
}
