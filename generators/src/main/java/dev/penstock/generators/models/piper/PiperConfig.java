package dev.penstock.generators.models.piper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the `.onnx.json` beside a Piper voice says.
///
/// @param phonemeIds a symbol to its ids, in the file's order
/// @param speakers   names by number; empty for a voice of one speaker
record PiperConfig(String language, int sampleRateHz, double noise, double length, double durationNoise,
    Map<String, List<Long>> phonemeIds, List<String> speakers) {

  private static final long MAX_BYTES = 4L << 20;
  private static final int MOST_SPEAKERS = 10_000;

  /// @throws ModelImportException it is missing, damaged, or of a voice that is fed otherwise
  static PiperConfig read(Path file) {
    JsonNode config = JsonFile.read(file, MAX_BYTES).node();
    String type = config.path("phoneme_type").asText("espeak");
    if (!type.equals("espeak")) {
      throw new ModelImportException(file + " says phoneme_type " + type + "; voices that read espeak's phonemes can be "
          + "imported.");
    }
    JsonNode inference = config.path("inference");
    return new PiperConfig(
        needed(file, config.path("espeak").path("voice"), "espeak.voice").asText(),
        needed(file, config.path("audio").path("sample_rate"), "audio.sample_rate").asInt(),
        inference.path("noise_scale").asDouble(0.667),
        inference.path("length_scale").asDouble(1),
        inference.path("noise_w").asDouble(0.8),
        phonemeIds(file, needed(file, config.path("phoneme_id_map"), "phoneme_id_map")),
        speakers(file, config));
  }

  private static JsonNode needed(Path file, JsonNode value, String key) {
    if (value.isMissingNode() || value.isNull()) {
      throw new ModelImportException(file + " has no " + key + ", which a Piper voice has.");
    }
    return value;
  }

  private static Map<String, List<Long>> phonemeIds(Path file, JsonNode map) {
    Map<String, List<Long>> ids = new LinkedHashMap<>();
    map.properties().forEach(entry -> {
      List<Long> numbers = new ArrayList<>();
      entry.getValue().forEach(number -> numbers.add(number.asLong(-1)));
      if (numbers.isEmpty() || numbers.stream().anyMatch(number -> number < 0)) {
        throw new ModelImportException(file + " gives the phoneme '" + entry.getKey() + "' the ids " + entry.getValue()
            + "; a list of numbers from 0 is needed.");
      }
      ids.put(entry.getKey(), numbers);
    });
    for (String mark : List.of("_", "^", "$")) {
      if (!ids.containsKey(mark)) {
        throw new ModelImportException(file + " has no id for '" + mark + "' in phoneme_id_map; begin ^, end $ and pad _ "
            + "are needed.");
      }
    }
    return ids;
  }

  private static List<String> speakers(Path file, JsonNode config) {
    int count = config.path("num_speakers").asInt(1);
    if (count <= 1) {
      return List.of();
    }
    if (count > MOST_SPEAKERS) {
      throw new ModelImportException(file + " says num_speakers " + count + "; at most " + MOST_SPEAKERS + " are allowed.");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("speaker-" + i);
    }
    config.path("speaker_id_map").properties().forEach(entry -> {
      int id = entry.getValue().asInt(-1);
      if (id >= 0 && id < count) {
        names.set(id, entry.getKey());
      }
    });
    return names;
  }
}
