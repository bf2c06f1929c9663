package dev.penstock.generators.models;

import java.util.List;

/// The sections of families whose graphs make or take pictures, as [ManifestReader] finds them; that of diffusion has a
/// [DiffusionSectionReader].
final class ImageSectionReader {

  private ImageSectionReader() {}

  static OneShotImageSection oneShotImage(YamlSection section) {
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
    return section.choice(
        "latentDistribution", OneShotImageSection.LatentDistribution.values(), OneShotImageSection.LatentDistribution::word);
  }

  private static OneShotImageSection.Layout layout(YamlSection section) {
    return section.choice("layout", OneShotImageSection.Layout.values(), Enum::name);
  }

  static VqImageSection vqImage(YamlSection section) {
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

  static SuperResolutionSection superResolution(YamlSection section) {
    section.allow("graph", "input", "output", "layout", "channels", "scale", "inputRange", "outputRange", "height", "width");
    int most = SuperResolutionSection.MAX_SIDE;
    return section.build(() -> new SuperResolutionSection(
        section.text("graph"),
        section.text("input"),
        section.text("output"),
        layout(section),
        section.integer("channels", 1, 3),
        section.integer("scale", 1, SuperResolutionSection.MAX_SCALE),
        range(section, "inputRange"),
        outputRange(section),
        section.has("height") ? section.integer("height", SuperResolutionSection.MIN_SIDE, most) : null,
        section.has("width") ? section.integer("width", SuperResolutionSection.MIN_SIDE, most) : null));
  }

  static ImageClassifierSection imageClassifier(YamlSection section) {
    section.allow("graph", "input", "output", "layout", "channels", "height", "width", "mean", "deviation", "softmax", "labels");
    return section.build(() -> new ImageClassifierSection(
        section.text("graph"),
        section.text("input"),
        section.text("output"),
        layout(section),
        section.integer("channels", 1, 3),
        section.integer("height", 8, ImageClassifierSection.MAX_SIDE),
        section.integer("width", 8, ImageClassifierSection.MAX_SIDE),
        section.numbers("mean"),
        section.numbers("deviation"),
        section.bool("softmax"),
        section.texts("labels")));
  }

  static OneShotImageSection.OutputRange outputRange(YamlSection section) {
    return range(section, "outputRange");
  }

  private static OneShotImageSection.OutputRange range(YamlSection section, String key) {
    List<Double> ends = section.numbers(key);
    if (ends.size() != 2) {
      throw section.wrong(key, "a list of two numbers such as [0, 1] is needed");
    }
    return new OneShotImageSection.OutputRange(ends.getFirst(), ends.getLast());
  }
}
