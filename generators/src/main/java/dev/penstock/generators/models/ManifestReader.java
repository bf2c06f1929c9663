package dev.penstock.generators.models;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    var family = top.choice("family", words(ModelFamily.values(), ModelFamily::word));
    top.allow("name", "version", "family", "modality", "licence", "source", "description", "files", "parameters",
        family.sectionKey(), "measured");
    var section = top.section(family.sectionKey());
    return top.build(() -> new ModelManifest(
        top.text("name"),
        top.text("version"),
        top.choice("modality", words(Modality.values(), Modality::word)),
        top.text("licence"),
        top.text("source"),
        top.text("description"),
        files(top.section("files")),
        top.has("parameters") ? parameters(top.section("parameters")) : new ModelParameters(Map.of()),
        switch (family) {
          case LANGUAGE_MODEL -> languageModel(section);
          case ONE_SHOT_IMAGE -> oneShotImage(section);
          case DIFFUSION -> diffusion(section);
          case VQ_IMAGE -> vqImage(section);
          case VIDEO -> video(section);
          case SPEECH -> speech(section);
          case TOKEN_CLASSIFICATION -> tokenClassification(section);
          case SUPER_RESOLUTION -> superResolution(section);
          case IMAGE_CLASSIFIER -> imageClassifier(section);
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

  private static OneShotImageSection oneShotImage(YamlSection section) {
    section.allow("graph", "latentSize", "latentDistribution", "latentInput", "labelInput", "imageOutput",
        "outputRange", "layout", "labels", "labelDescriptions", "conditions", "batch");
    for (String key : List.of("labelInput", "labels", "labelDescriptions")) {
      if (section.has("conditions") && section.has(key)) {
        throw section.wrong(key, "either conditions or labelInput, labels and labelDescriptions are allowed");
      }
    }
    return section.build(() -> (section.has("conditions") ? withConditions(section) : withClass(section))
        .withBatch(section.has("batch") ? section.integer("batch", 1, OneShotImageSection.MAX_BATCH) : null));
  }

  private static OneShotImageSection withClass(YamlSection section) {
    return new OneShotImageSection(
        section.text("graph"),
        section.integer("latentSize", 1, OneShotImageSection.MAX_LATENT),
        latentDistribution(section),
        section.text("latentInput"),
        section.optionalText("labelInput"),
        section.text("imageOutput"),
        outputRange(section),
        layout(section),
        section.texts("labels"),
        section.texts("labelDescriptions"));
  }

  private static OneShotImageSection withConditions(YamlSection section) {
    return new OneShotImageSection(
        section.text("graph"),
        section.integer("latentSize", 1, OneShotImageSection.MAX_LATENT),
        latentDistribution(section),
        section.text("latentInput"),
        conditions(section.section("conditions")),
        section.text("imageOutput"),
        outputRange(section),
        layout(section));
  }

  private static List<OneShotImageSection.Condition> conditions(YamlSection section) {
    return section.keys().stream().map(parameter -> {
      var condition = section.section(parameter).allow("input", "labels", "labelDescriptions");
      return condition.build(() -> new OneShotImageSection.Condition(
          parameter, condition.text("input"), condition.texts("labels"), condition.texts("labelDescriptions")));
    }).toList();
  }

  private static OneShotImageSection.LatentDistribution latentDistribution(YamlSection section) {
    return section.choice("latentDistribution",
        words(OneShotImageSection.LatentDistribution.values(), OneShotImageSection.LatentDistribution::word));
  }

  private static OneShotImageSection.Layout layout(YamlSection section) {
    return section.choice("layout", words(OneShotImageSection.Layout.values(), Enum::name));
  }

  private static DiffusionSection diffusion(YamlSection section) {
    section.allow("graph", "sampleInput", "timestepInput", "textInput", "maskInput", "output", "textTokens", "channels",
        "height", "width", "outputRange", "prediction", "lastTimestep", "betas", "schedulers", "sharedTimestep", "textEncoder", "decoder",
        "encoder");
    var schedulers = words(DiffusionSection.Scheduler.values(), DiffusionSection.Scheduler::word);
    return section.build(() -> new DiffusionSection(
        new DiffusionSection.Graph(section.text("graph"), section.text("sampleInput"), section.text("timestepInput"),
            section.has("sharedTimestep") && section.bool("sharedTimestep"), section.optionalText("textInput"),
            section.optionalText("maskInput"), section.text("output")),
        section.integer("textTokens", 2, DiffusionSection.MAX_TOKENS),
        section.integer("channels", 1, 64),
        section.integer("height", 8, DiffusionSection.MAX_SIDE),
        section.integer("width", 8, DiffusionSection.MAX_SIDE),
        outputRange(section),
        section.choice("prediction", words(DiffusionSection.Prediction.values(), DiffusionSection.Prediction::word)),
        section.number("lastTimestep"),
        section.has("betas") ? betas(section.section("betas")) : null,
        section.texts("schedulers").stream().map(word -> {
          var scheduler = schedulers.get(word);
          if (scheduler == null) {
            throw section.wrong("schedulers", "a list of " + String.join(", ", schedulers.keySet()) + " is needed");
          }
          return scheduler;
        }).toList(),
        section.has("textEncoder") ? textEncoder(section.section("textEncoder")) : null,
        section.has("decoder") ? decoder(section.section("decoder")) : null,
        section.has("encoder") ? encoder(section.section("encoder")) : null));
  }

  private static DiffusionSection.Encoder encoder(YamlSection section) {
    section.allow("graph", "input", "output");
    return new DiffusionSection.Encoder(section.text("graph"), section.text("input"), section.text("output"));
  }

  private static DiffusionSection.TextEncoder textEncoder(YamlSection section) {
    section.allow("graph", "input", "output", "tokenizer", "width", "padding");
    return section.build(() -> new DiffusionSection.TextEncoder(section.text("graph"), section.text("input"),
        section.text("output"), section.text("tokenizer"), section.integer("width", 1, 8_192),
        section.wholeNumber("padding", 0, Integer.MAX_VALUE)));
  }

  private static DiffusionSection.Decoder decoder(YamlSection section) {
    section.allow("graph", "input", "output", "scaling", "shift", "height", "width");
    return section.build(() -> new DiffusionSection.Decoder(section.text("graph"), section.text("input"),
        section.text("output"), section.number("scaling"), section.number("shift"), section.integer("height", 8, 2_048),
        section.integer("width", 8, 2_048)));
  }

  private static VqImageSection vqImage(YamlSection section) {
    section.allow("prior", "decoder", "codes", "places", "cacheSize", "textTokens", "outputRange");
    return section.build(() -> new VqImageSection(
        section.text("prior"),
        section.text("decoder"),
        section.integer("codes", 2, VqImageSection.MAX_CODES),
        section.integer("places", 1, VqImageSection.MAX_PLACES),
        section.integer("cacheSize", 1, VqImageSection.MAX_CACHE),
        section.integer("textTokens", 2, DiffusionSection.MAX_TOKENS),
        outputRange(section)));
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

  private static DiffusionSection.Betas betas(YamlSection section) {
    section.allow("form", "first", "last");
    return section.build(() -> new DiffusionSection.Betas(
        section.choice("form", words(DiffusionSection.Betas.Form.values(), DiffusionSection.Betas.Form::word)),
        section.number("first"),
        section.number("last")));
  }

  private static SuperResolutionSection superResolution(YamlSection section) {
    section.allow("graph", "input", "output", "layout", "channels", "scale", "inputRange", "outputRange", "height", "width");
    int most = SuperResolutionSection.MAX_SIDE;
    return section.build(() -> new SuperResolutionSection(
        section.text("graph"),
        section.text("input"),
        section.text("output"),
        section.choice("layout", words(OneShotImageSection.Layout.values(), Enum::name)),
        section.integer("channels", 1, 3),
        section.integer("scale", 1, SuperResolutionSection.MAX_SCALE),
        range(section, "inputRange"),
        outputRange(section),
        section.has("height") ? section.integer("height", SuperResolutionSection.MIN_SIDE, most) : null,
        section.has("width") ? section.integer("width", SuperResolutionSection.MIN_SIDE, most) : null));
  }

  private static ImageClassifierSection imageClassifier(YamlSection section) {
    section.allow("graph", "input", "output", "layout", "channels", "height", "width", "mean", "deviation", "softmax", "labels");
    return section.build(() -> new ImageClassifierSection(
        section.text("graph"),
        section.text("input"),
        section.text("output"),
        section.choice("layout", words(OneShotImageSection.Layout.values(), Enum::name)),
        section.integer("channels", 1, 3),
        section.integer("height", 8, ImageClassifierSection.MAX_SIDE),
        section.integer("width", 8, ImageClassifierSection.MAX_SIDE),
        section.numbers("mean"),
        section.numbers("deviation"),
        section.bool("softmax"),
        section.texts("labels")));
  }

  private static OneShotImageSection.OutputRange outputRange(YamlSection section) {
    return range(section, "outputRange");
  }

  private static OneShotImageSection.OutputRange range(YamlSection section, String key) {
    List<Double> ends = section.numbers(key);
    if (ends.size() != 2) {
      throw section.wrong(key, "a list of two numbers such as [0, 1] is needed");
    }
    return new OneShotImageSection.OutputRange(ends.getFirst(), ends.getLast());
  }

  private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
    return Stream.of(values).collect(Collectors.toMap(word, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }
}
