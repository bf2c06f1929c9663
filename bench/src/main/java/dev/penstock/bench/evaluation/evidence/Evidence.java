package dev.penstock.bench.evaluation.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// One evaluation as `penstock evaluate MODEL --json evaluate-MODEL.json` wrote it.
///
/// @param model its name and version
/// @param judge name and version of the judge that looked; empty of texts and sounds
/// @param figures by name; bounds of 95% intervals end in `_low` and `_high`
record Evidence(String model, String judge, Map<String, Double> figures) {

  Evidence {
    figures = Map.copyOf(figures);
  }

  /// Every `evaluate-*.json` of a folder, by name of the file.
  ///
  /// @throws UserError if one cannot be read
  static List<Evidence> all(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("evaluate-.*\\.json")).sorted().map(Evidence::read).toList();
    } catch (IOException e) {
      throw new UserError(folder + " cannot be read; it should hold what penstock evaluate --json wrote.", e);
    }
  }

  private static Evidence read(Path file) {
    try {
      JsonNode json = JsonMapper.builder().build().readTree(file.toFile());
      Map<String, Double> figures = new LinkedHashMap<>();
      json.properties().forEach(entry -> {
        if (entry.getValue().isNumber()) figures.put(entry.getKey(), entry.getValue().asDouble());
      });
      return new Evidence(beforeComma(json.path("model").asText()), beforeComma(json.path("judge").asText()), figures);
    } catch (IOException e) {
      throw new UserError(file + " is not what penstock evaluate --json writes: " + e.getMessage(), e);
    }
  }

  private static String beforeComma(String title) {
    return title.replaceFirst(",.*", "");
  }

  String name() {
    return model.replaceFirst(" .*", "");
  }

  boolean has(String figure) {
    return figures.containsKey(figure);
  }

  /// @throws UserError if it has no such figure
  double value(String figure) {
    Double value = figures.get(figure);
    if (value == null) throw new UserError("The evaluation of " + model + " has no figure " + figure + "; run penstock evaluate again.");
    return value;
  }

  /// As `0.973 (0.965 to 0.980)`; empty if it has no such figure.
  String shown(String figure, int decimals) {
    if (!has(figure)) return "";
    String value = number(value(figure), decimals);
    return has(figure + "_low")
        ? "%s (%s to %s)".formatted(value, number(value(figure + "_low"), decimals), number(value(figure + "_high"), decimals))
        : value;
  }

  /// The same without its interval.
  String plain(String figure, int decimals) {
    return has(figure) ? number(value(figure), decimals) : "";
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
