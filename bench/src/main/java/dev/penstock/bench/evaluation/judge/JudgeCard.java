package dev.penstock.bench.evaluation.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.generators.models.Sha256;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What `judge.json` says.
///
/// @param files name to sha256 of the files beside it
/// @param channels of the pictures that it takes: 1 or 3
/// @param side of the pictures, in pixels
/// @param features length of a feature vector
/// @param objects words for what may be seen, in the order of the logits
/// @param patterns the same, behind the objects; empty if the judge knows none
/// @param colours name to red, green and blue (0..255) of the colours that are told by rule; empty if none are
/// @param fixedParts objects and the colour of a large part that they have whatever the product's
/// @param measured free figures, among them how often the judge is right
record JudgeCard(
    String name,
    String version,
    String licence,
    String source,
    Map<String, String> files,
    int channels,
    int side,
    int features,
    List<String> objects,
    List<String> patterns,
    Map<String, List<Integer>> colours,
    Map<String, String> fixedParts,
    Map<String, Object> measured) {

  static final String FILE_NAME = "judge.json";

  /// Reads it and verifies the digest of every file.
  ///
  /// @throws UserError if the folder holds no judge, or a file is not the one that it lists
  static JudgeCard read(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    try {
      JudgeCard card = JsonMapper.builder().build().readValue(file.toFile(), JudgeCard.class);
      for (var entry : card.files.entrySet()) {
        String found = Sha256.of(folder.resolve(entry.getKey()));
        if (!found.equals(entry.getValue()))
          throw new UserError(
              folder.resolve(entry.getKey()) + " is not the file that " + FILE_NAME + " lists: its sha256 is " + found + ".");
      }
      return card;
    } catch (JsonProcessingException e) {
      throw new UserError(file + " is not the card of a judge: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      String there = Files.exists(file) ? "cannot be read" : "is missing";
      throw new UserError(file + " " + there + "; a judge is a folder with it and the files that it lists.", e);
    }
  }

  String digest() {
    return String.valueOf(files.get("judge.onnx"));
  }
}
