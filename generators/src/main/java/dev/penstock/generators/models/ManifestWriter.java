package dev.penstock.generators.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a [ModelManifest] as the YAML that [ManifestReader] reads.
final class ManifestWriter {

  private static final YAMLMapper YAML = YAMLMapper.builder()
      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
      .disable(YAMLGenerator.Feature.SPLIT_LINES)
      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
      .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
      .build();

  private ManifestWriter() {}

  static String toYaml(ModelManifest manifest) {
    var top = new LinkedHashMap<String, @Nullable Object>();
    top.put("name", manifest.name());
    top.put("version", manifest.version());
    top.put("family", manifest.family().word());
    top.put("modality", manifest.modality().word());
    top.put("licence", manifest.licence());
    top.put("source", manifest.source());
    top.put("description", manifest.description());
    top.put("files", manifest.files());
    var parameters = new LinkedHashMap<String, Object>();
    manifest.parameters().specs().forEach((name, spec) -> parameters.put(name, parameter(spec)));
    top.put("parameters", parameters);
    top.put(manifest.family().sectionKey(), switch (manifest.section()) {
      case LanguageModelSection section -> languageModel(section);
      case OneShotImageSection section -> oneShotImage(section);
      case DiffusionSection section -> diffusion(section);
      case VqImageSection section -> vqImage(section);
      case VideoSection section -> video(section);
      case SpeechSection section -> speech(section);
      case TokenClassificationSection section -> tokenClassification(section);
      case SuperResolutionSection section -> superResolution(section);
      case ImageClassifierSection section -> imageClassifier(section);
    });
    top.put("measured", manifest.measured());
    try {
      return YAML.writeValueAsString(top);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A manifest of plain values is always writable.", impossible);
    }
  }

  private static Map<String, @Nullable Object> parameter(ParameterSpec spec) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("type", spec.type());
    switch (spec) {
      case ParameterSpec.NumberParameter number -> {
        map.put("minimum", number.minimum());
        map.put("maximum", number.maximum());
      }
      case ParameterSpec.IntegerParameter integer -> {
        map.put("minimum", integer.minimum());
        map.put("maximum", integer.maximum());
      }
      case ParameterSpec.StringParameter string -> {
        if (!string.choices().isEmpty()) {
          map.put("choices", string.choices());
        } else if (string.maxLength() != ParameterSpec.StringParameter.DEFAULT_MAX_LENGTH) {
          map.put("maxLength", string.maxLength());
        }
      }
      case ParameterSpec.BooleanParameter ignored -> { }
    }
    map.put("default", spec.defaultValue());
    map.put("description", spec.description());
    return map;
  }

  private static Map<String, @Nullable Object> languageModel(LanguageModelSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph());
    map.put("weights", section.weights());
    map.put("layers", section.layers());
    map.put("keyValueHeads", section.keyValueHeads());
    map.put("headSize", section.headSize());
    map.put("contextLength", section.contextLength());
    map.put("vocabularySize", section.vocabularySize());
    map.put("tokenizer", section.tokenizer());
    map.put("chatTemplate", section.chatTemplate());
    map.put("bosToken", section.bosToken());
    map.put("stopTokens", section.stopTokens());
    return map;
  }

  /// In this order, so that the same manifest gives the same bytes and a model the same digest.
  private static Map<String, Object> ordered(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static Map<String, @Nullable Object> diffusion(DiffusionSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph().file());
    map.put("sampleInput", section.graph().sample());
    map.put("timestepInput", section.graph().timestep());
    if (section.graph().shared()) {
      map.put("sharedTimestep", true);
    }
    if (section.graph().text() != null) {
      map.put("textInput", section.graph().text());
    }
    if (section.graph().mask() != null) {
      map.put("maskInput", section.graph().mask());
    }
    map.put("output", section.graph().output());
    map.put("textTokens", section.textTokens());
    map.put("channels", section.channels());
    map.put("height", section.height());
    map.put("width", section.width());
    map.put("outputRange", List.of(section.outputRange().low(), section.outputRange().high()));
    map.put("prediction", section.prediction().word());
    map.put("lastTimestep", section.lastTimestep());
    DiffusionSection.Betas betas = section.betas();
    if (betas != null) {
      map.put("betas", ordered("form", betas.form().word(), "first", betas.first(), "last", betas.last()));
    }
    map.put("schedulers", section.schedulers().stream().map(DiffusionSection.Scheduler::word).toList());
    DiffusionSection.TextEncoder encoder = section.textEncoder();
    if (encoder != null) {
      map.put("textEncoder", ordered("graph", encoder.file(), "input", encoder.input(), "output", encoder.output(),
          "tokenizer", encoder.tokenizer(), "width", encoder.width(), "padding", encoder.padding()));
    }
    DiffusionSection.Decoder decoder = section.decoder();
    if (decoder != null) {
      map.put("decoder", ordered("graph", decoder.file(), "input", decoder.input(), "output", decoder.output(),
          "scaling", decoder.scaling(), "shift", decoder.shift(), "height", decoder.height(), "width", decoder.width()));
    }
    DiffusionSection.Encoder pictures = section.encoder();
    if (pictures != null) {
      map.put("encoder", ordered("graph", pictures.file(), "input", pictures.input(), "output", pictures.output()));
    }
    return map;
  }

  private static Map<String, @Nullable Object> vqImage(VqImageSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("prior", section.prior());
    map.put("decoder", section.decoder());
    map.put("codes", section.codes());
    map.put("places", section.places());
    map.put("cacheSize", section.cacheSize());
    map.put("textTokens", section.textTokens());
    map.put("outputRange", List.of(section.outputRange().low(), section.outputRange().high()));
    return map;
  }

  private static Map<String, @Nullable Object> video(VideoSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("imageModel", section.imageModel());
    map.put("imageParameters", section.imageParameters());
    map.put("voice", section.voice());
    return map;
  }

  private static Map<String, @Nullable Object> speech(SpeechSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph());
    map.put("phonemeIds", section.phonemeIds());
    map.put("language", section.language());
    map.put("sampleRateHz", section.sampleRateHz());
    map.put("samplesPerFrame", section.samplesPerFrame());
    map.put("durationNoiseChannels", section.durationNoiseChannels());
    map.put("noiseChannels", section.noiseChannels());
    map.put("noise", section.noise());
    map.put("length", section.length());
    map.put("durationNoise", section.durationNoise());
    map.put("speakers", section.speakers());
    return map;
  }

  private static Map<String, @Nullable Object> tokenClassification(TokenClassificationSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph());
    map.put("tokenizer", section.tokenizer());
    map.put("inputIds", section.inputIds());
    map.put("attentionMask", section.attentionMask());
    map.put("tokenTypeIds", section.tokenTypeIds());
    map.put("logits", section.logits());
    map.put("maxTokens", section.maxTokens());
    map.put("padToken", section.padToken());
    map.put("labels", section.labels());
    map.put("wholeWords", section.wholeWords());
    return map;
  }

  private static Map<String, @Nullable Object> oneShotImage(OneShotImageSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph());
    map.put("latentSize", section.latentSize());
    map.put("latentDistribution", section.latentDistribution().word());
    map.put("latentInput", section.latentInput());
    map.put("imageOutput", section.imageOutput());
    map.put("outputRange", List.of(section.outputRange().low(), section.outputRange().high()));
    map.put("layout", section.layout().name());
    List<OneShotImageSection.Condition> conditions = section.conditions();
    if (conditions.size() == 1 && conditions.getFirst().parameter().equals(OneShotImageSection.CLASS)) {
      OneShotImageSection.Condition only = conditions.getFirst();
      map.put("labelInput", only.input());
      map.put("labels", only.labels());
      map.put("labelDescriptions", only.descriptions());
    } else if (!conditions.isEmpty()) {
      var named = new LinkedHashMap<String, Object>();
      for (OneShotImageSection.Condition each : conditions) {
        named.put(each.parameter(), ordered(
            "input", each.input(), "labels", each.labels(), "labelDescriptions", each.descriptions()));
      }
      map.put("conditions", named);
    }
    if (section.batch() != null) {
      map.put("batch", section.batch());
    }
    return map;
  }

  private static Map<String, @Nullable Object> superResolution(SuperResolutionSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph());
    map.put("input", section.input());
    map.put("output", section.output());
    map.put("layout", section.layout().name());
    map.put("channels", section.channels());
    map.put("scale", section.scale());
    map.put("inputRange", List.of(section.inputRange().low(), section.inputRange().high()));
    map.put("outputRange", List.of(section.outputRange().low(), section.outputRange().high()));
    if (section.height() != null) {
      map.put("height", section.height());
      map.put("width", section.width());
    }
    return map;
  }

  private static Map<String, @Nullable Object> imageClassifier(ImageClassifierSection section) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("graph", section.graph());
    map.put("input", section.input());
    map.put("output", section.output());
    map.put("layout", section.layout().name());
    map.put("channels", section.channels());
    map.put("height", section.height());
    map.put("width", section.width());
    map.put("mean", section.mean());
    map.put("deviation", section.deviation());
    map.put("softmax", section.softmax());
    map.put("labels", section.labels());
    return map;
  }
}
