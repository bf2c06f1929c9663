package dev.penstock.generators.models.transformer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the weights of an imported model are written. All forms give a row the same bits alone and in a batch.
public enum WeightForm {
  /// Every weight as float32: the file's own values exactly, 4 bytes each.
  FLOAT32,
  /// 4-bit and 8-bit blocks exactly as the file has them, and its floats as float32. Blocks that are not symmetric
  /// become a symmetric product plus a small product of the means of the input's blocks with what that leaves out.
  Q4SUM,
  /// Every layer in symmetric 8-bit blocks: exact where the file has such blocks, rounded for the rest.
  Q8;

  /// The forms to try, the first that is near enough to the file's weights wins: exact ones only.
  public static final List<WeightForm> REPRODUCIBLE = List.of(Q4SUM, FLOAT32);

  /// The forms to try, the first that is near enough to the file's weights wins: the quickest in a batch first.
  public static final List<WeightForm> THROUGHPUT = List.of(Q8, Q4SUM, FLOAT32);

  /// The word used in manifests and on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException names the words that exist
  public static WeightForm ofWord(String word) {
    return Arrays.stream(values()).filter(form -> form.word().equals(word)).findAny()
        .orElseThrow(() -> new IllegalArgumentException("The form of weights '" + word + "' is not known; "
            + Arrays.stream(values()).map(WeightForm::word).collect(Collectors.joining(", ")) + " are."));
  }
}
