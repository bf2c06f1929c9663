package dev.penstock.generators.models;

import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What every model that makes pictures takes from a prompt: how the finished picture is delivered.
final class PictureParameters {

  private static final Map<String, ParameterSpec> ALL = Map.of(
      "format", new StringParameter(List.of("png", "jpeg", "webp"), null, "the picture's file; without it png"),
      "quality", new IntegerParameter(1, 100, null, "of a jpeg or webp; without it 90"),
      "adSize", new StringParameter(List.of(), 32, null,
          "the picture's size by name, such as leaderboard, or in pixels, such as 728x90"),
      "fit", new StringParameter(List.of("cover", "contain", "stretch"), null,
          "how the picture comes into adSize: cut, framed or distorted; without it cover"),
      "background", new StringParameter(List.of(), 16, null, "colour around a picture with fit contain, such as #1e3a5f"));

  private PictureParameters() {}

  /// These and a family's own.
  static Map<String, ParameterSpec> and(Map<String, ParameterSpec> own) {
    var all = new HashMap<>(ALL);
    all.putAll(own);
    return Map.copyOf(all);
  }
}
