package dev.penstock.generators.models;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads `model.yaml` into a [ModelManifest]: unknown and doubled keys are refused, every value is checked.
final class ManifestReader {

  private final Path file;

  private ManifestReader(Path file) {
    this.file = file;
  }

  static ModelManifest read(Path file) {
    return new ManifestReader(file).manifest();
  }

  private ModelManifest manifest() {
    var top = YamlSection.read(file);
    var family = top.choice("family", ModelFamily.values(), ModelFamily::word);
    top.allow("name", "version", "family", "modality", "licence", "source", "description", "files", "parameters",
        family.sectionKey(), "measured");
    var section = top.section(family.sectionKey());
    return top.build(() -> new ModelManifest(
        top.text("name"),
        top.text("version"),
        top.choice("modality", Modality.values(), Modality::word),
        top.text("licence"),
        top.text("source"),
        top.text("description"),
        files(top.section("files")),
        top.has("parameters") ? parameters(top.section("parameters")) : new ModelParameters(Map.of()),
        switch (family) {
          case LANGUAGE_MODEL -> languageModel(section);
          case ONE_SHOT_IMAGE -> ImageSectionReader.oneShotImage(section);
          case DIFFUSION -> DiffusionSectionReader.diffusion(section);
          case VQ_IMAGE -> ImageSectionReader.vqImage(section);
          case VIDEO -> video(section);
          case SPEECH -> speech(section);
          case TOKEN_CLASSIFICATION -> tokenClassification(section);
          case SUPER_RESOLUTION -> ImageSectionReader.superResolution(section);
          case IMAGE_CLASSIFIER -> ImageSectionReader.imageClassifier(section);
        },
        top.has("measured") ? top.section("measured").values() : Map.of()));
  }

  private static Map<String, String> files(YamlSection section) {
    var files = new LinkedHashMap<String, String>();
    for (String name : section.keys()) {
      files.put(name, section.text(name));
    }
    return files;
  }

  private static ModelParameters parameters(YamlSection section) {
    var specs = new LinkedHashMap<String, ParameterSpec>();
    for (String name : section.keys()) {
      specs.put(name, parameter(section.section(name)));
    }
    return new ModelParameters(specs);
  }

  private static ParameterSpec parameter(YamlSection section) {
    String type = section.textOrEmpty("type");
    String description = section.textOrEmpty("description");
    boolean hasDefault = section.has("default");
    return switch (type) {
      case "number" -> section.allow("type", "minimum", "maximum", "default", "description")
          .build(() -> new ParameterSpec.NumberParameter(section.number("minimum"), section.number("maximum"),
              hasDefault ? section.number("default") : null, description));
      case "integer" -> section.allow("type", "minimum", "maximum", "default", "description")
          .build(() -> new ParameterSpec.IntegerParameter(
              section.wholeNumber("minimum", Long.MIN_VALUE, Long.MAX_VALUE),
              section.wholeNumber("maximum", Long.MIN_VALUE, Long.MAX_VALUE),
              hasDefault ? section.wholeNumber("default", Long.MIN_VALUE, Long.MAX_VALUE) : null,
              description));
      case "string" -> section.allow("type", "choices", "maxLength", "default", "description")
          .build(() -> new ParameterSpec.StringParameter(section.texts("choices"),
              section.has("maxLength")
                  ? section.integer("maxLength", 1, ParameterSpec.StringParameter.LONGEST)
                  : ParameterSpec.StringParameter.DEFAULT_MAX_LENGTH,
              hasDefault ? section.text("default") : null, description));
      case "boolean" -> section.allow("type", "default", "description")
          .build(() -> new ParameterSpec.BooleanParameter(
              hasDefault ? section.bool("default") : null, description));
      default -> throw section.wrong("type", "one of number, integer, string, boolean is needed");
    };
  }

  private static LanguageModelSection languageModel(YamlSection section) {
    section.allow("graph", "weights", "layers", "keyValueHeads", "headSize", "contextLength", "vocabularySize",
        "tokenizer", "chatTemplate", "bosToken", "stopTokens");
    return section.build(() -> new LanguageModelSection(
        section.text("graph"),
        section.text("weights"),
        section.integer("layers", 1, LanguageModelSection.MAX_LAYERS),
        section.integer("keyValueHeads", 1, LanguageModelSection.MAX_HEADS),
        section.integer("headSize", 2, LanguageModelSection.MAX_HEAD_SIZE),
        section.integer("contextLength", 1, LanguageModelSection.MAX_CONTEXT),
        section.integer("vocabularySize", 1, LanguageModelSection.MAX_VOCABULARY),
        section.text("tokenizer"),
        section.optionalText("chatTemplate"),
        section.optionalText("bosToken"),
        section.texts("stopTokens")));
  }

  private static VideoSection video(YamlSection section) {
    section.allow("imageModel", "imageParameters", "voice");
    var parameters = new LinkedHashMap<String, String>();
    if (section.has("imageParameters")) {
      section.section("imageParameters").values().forEach((name, value) -> parameters.put(name, value.toString()));
    }
    return section.build(() -> new VideoSection(section.text("imageModel"), parameters, section.optionalText("voice")));
  }

  private static SpeechSection speech(YamlSection section) {
    section.allow("graph", "phonemeIds", "language", "sampleRateHz", "samplesPerFrame", "durationNoiseChannels",
        "noiseChannels", "noise", "length", "durationNoise", "speakers");
    return section.build(() -> new SpeechSection(
        section.text("graph"),
        section.text("phonemeIds"),
        section.text("language"),
        section.integer("sampleRateHz", SpeechSection.LOWEST_RATE, SpeechSection.HIGHEST_RATE),
        section.integer("samplesPerFrame", 1, SpeechSection.LONGEST_FRAME),
        section.integer("durationNoiseChannels", 1, SpeechSection.MOST_CHANNELS),
        section.integer("noiseChannels", 1, SpeechSection.MOST_CHANNELS),
        section.number("noise"),
        section.number("length"),
        section.number("durationNoise"),
        section.texts("speakers")));
  }

  private static TokenClassificationSection tokenClassification(YamlSection section) {
    section.allow("graph", "tokenizer", "inputIds", "attentionMask", "tokenTypeIds", "logits", "maxTokens", "padToken",
        "labels", "wholeWords");
    return section.build(() -> new TokenClassificationSection(
        section.text("graph"),
        section.text("tokenizer"),
        section.text("inputIds"),
        section.text("attentionMask"),
        section.optionalText("tokenTypeIds"),
        section.text("logits"),
        section.integer("maxTokens", TokenClassificationSection.LEAST_TOKENS, TokenClassificationSection.MAX_TOKENS),
        section.integer("padToken", 0, Integer.MAX_VALUE),
        section.texts("labels"),
        section.has("wholeWords") && section.bool("wholeWords")));
  }
}
