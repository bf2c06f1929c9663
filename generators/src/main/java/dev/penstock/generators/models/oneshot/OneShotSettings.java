package dev.penstock.generators.models.oneshot;

import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.YamlSection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a user says of a graph; everything may be left out, and what can be found out need not be said.
///
/// @param name         the model's name
/// @param licence      SPDX identifier of the weights' licence
/// @param description  one sentence
/// @param latent       what latent vectors are drawn from; normal unless said otherwise
/// @param latentShape  of one latent without the batch, where the graph leaves it open; empty: as the graph says
/// @param labels       class words in the model's order
/// @param firstLabel   the place of the first of them among the model's classes
/// @param labelInput   which input takes the class
/// @param constants    inputs that are always the same number
/// @param output       which output is wanted, where there are several
/// @param outputRange  output values that mean black and full
/// @param inputRange   input values that mean black and full, of models that take a picture
/// @param layout       order of the picture's dimensions
/// @param mean         taken off each channel of a classifier's picture, in 0..1; with deviation, instead of inputRange
/// @param deviation    what each channel is divided by then
public record OneShotSettings(
    Optional<String> name,
    Optional<String> licence,
    Optional<String> description,
    LatentDistribution latent,
    List<Integer> latentShape,
    List<String> labels,
    Optional<Integer> firstLabel,
    Optional<String> labelInput,
    Map<String, Double> constants,
    Optional<String> output,
    Optional<OutputRange> outputRange,
    Optional<OutputRange> inputRange,
    Optional<Layout> layout,
    List<Double> mean,
    List<Double> deviation) {

  public OneShotSettings {
    latentShape = List.copyOf(latentShape);
    labels = List.copyOf(labels);
    constants = Map.copyOf(constants);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /// Whether it says anything of the graph itself.
  public boolean saysMoreThanNames() {
    return !withNames(name, licence).equals(this);
  }

  private static OneShotSettings withNames(Optional<String> name, Optional<String> licence) {
    OneShotSettings none = none();
    return new OneShotSettings(name, licence, none.description, none.latent, none.latentShape, none.labels, none.firstLabel,
        none.labelInput, none.constants, none.output, none.outputRange, none.inputRange, none.layout, none.mean, none.deviation);
  }

  /// Nothing is said.
  public static OneShotSettings none() {
    return of(YamlSection.parse("no settings", "{}".getBytes(StandardCharsets.UTF_8)));
  }

  /// @throws dev.penstock.generators.models.InvalidModelException names file, key and what is allowed
  public static OneShotSettings read(Path yaml) {
    return of(YamlSection.read(yaml));
  }

  private static OneShotSettings of(YamlSection yaml) {
    yaml.allow("name", "licence", "description", "latent", "latentShape", "labels", "firstLabel", "labelInput", "constants",
        "output", "outputRange", "inputRange", "layout", "mean", "deviation");
    return yaml.build(() -> new OneShotSettings(
        Optional.ofNullable(yaml.optionalText("name")),
        Optional.ofNullable(yaml.optionalText("licence")),
        Optional.ofNullable(yaml.optionalText("description")),
        yaml.has("latent") ? yaml.choice("latent", LatentDistribution.values(), LatentDistribution::word)
            : LatentDistribution.NORMAL,
        yaml.has("latentShape") ? yaml.numbers("latentShape").stream().map(each -> size(yaml, each)).toList() : List.of(),
        yaml.texts("labels"),
        yaml.has("firstLabel") ? Optional.of(yaml.integer("firstLabel", 0, 1_000_000)) : Optional.empty(),
        Optional.ofNullable(yaml.optionalText("labelInput")),
        yaml.has("constants") ? constants(yaml.section("constants")) : Map.of(),
        Optional.ofNullable(yaml.optionalText("output")),
        range(yaml, "outputRange"),
        range(yaml, "inputRange"),
        yaml.has("layout") ? Optional.of(yaml.choice("layout", Layout.values(), Enum::name)) : Optional.empty(),
        yaml.has("mean") ? yaml.numbers("mean") : List.of(),
        yaml.has("deviation") ? yaml.numbers("deviation") : List.of()));
  }

  private static int size(YamlSection yaml, double number) {
    if (number != Math.rint(number) || number < 1 || number > 1_048_576) {
      throw yaml.wrong("latentShape", "a list of whole numbers from 1 to 1048576 is needed");
    }
    return (int) number;
  }

  private static Map<String, Double> constants(YamlSection section) {
    var constants = new LinkedHashMap<String, Double>();
    section.keys().forEach(key -> constants.put(key, section.number(key)));
    return constants;
  }

  private static Optional<OutputRange> range(YamlSection yaml, String key) {
    if (!yaml.has(key)) {
      return Optional.empty();
    }
    List<Double> ends = yaml.numbers(key);
    if (ends.size() != 2) {
      throw yaml.wrong(key, "a list of two numbers such as [0, 1] is needed");
    }
    return Optional.of(new OutputRange(ends.getFirst(), ends.getLast()));
  }
}
