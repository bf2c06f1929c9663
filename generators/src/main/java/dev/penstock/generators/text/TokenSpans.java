package dev.penstock.generators.text;

import java.util.Arrays;

/// A text's tokens with their places. Places count Unicode code points; a start is the first, an end is after the last.
///
/// @param before ids that the tokenizer puts before every text, such as `[CLS]`
/// @param ids the text's own tokens
/// @param starts where each begins
/// @param ends where each ends
/// @param after ids that the tokenizer puts after every text, such as `[SEP]`
public record TokenSpans(int[] before, int[] ids, int[] starts, int[] ends, int[] after) {

  /// @param around which tokens stand around the text: some at the beginning, some at the end
  static TokenSpans of(int[] ids, int[] starts, int[] ends, boolean[] around) {
    int first = 0;
    while (first < ids.length && around[first]) first++;
    int last = ids.length;
    while (last > first && around[last - 1]) last--;
    return new TokenSpans(
        Arrays.copyOf(ids, first),
        Arrays.copyOfRange(ids, first, last),
        Arrays.copyOfRange(starts, first, last),
        Arrays.copyOfRange(ends, first, last),
        Arrays.copyOfRange(ids, last, ids.length));
  }

  /// How many tokens the text has, without those around it.
  public int count() {
    return ids.length;
  }
}
