package dev.penstock.generators.models.gguf;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the weights of an imported model are written.
public enum WeightForm {
  /// Every weight as float32: the file's own values exactly, 4 bytes each.
  FLOAT32,
  /// 4-bit and 8-bit blocks exactly as the file has them. A Q4_1 layer becomes a symmetric 4-bit product plus a small
  /// product of the input's block sums with `m + 8d`; layers that the file holds as floats are rounded to 8 bits.
  Q4SUM,
  /// Every layer in symmetric 8-bit blocks of 32: exact for Q8_0, rounded for the rest.
  Q8;

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
