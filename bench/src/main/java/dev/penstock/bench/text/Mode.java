package dev.penstock.bench.text;

import dev.penstock.bench.text.TextLoad.Request;
import java.util.List;
import java.util.Locale;

/// How requests are put together.
enum Mode {
  /// Each when the one before has ended.
  SINGLE(1),
  /// 16 at a time: all write until the longest answer of them has ended, and what a shorter one wrote beyond its
  /// length is thrown away, as a call of `generate` on a padded batch does.
  STATIC(TextModel.SLOTS),
  /// 16 at a time; who ends makes place for the next one.
  CONTINUOUS(TextModel.SLOTS);

  private final int rows;

  Mode(int rows) {
    this.rows = rows;
  }

  /// How many more requests begin while `active` are under way.
  int room(int active) {
    return this == STATIC && active > 0 ? 0 : rows - active;
  }

  /// How many tokens request `number` is made to write.
  int written(List<Request> requests, int number) {
    if (this != STATIC) return requests.get(number).answerTokens();
    int first = number / rows * rows;
    return requests.subList(first, Math.min(first + rows, requests.size())).stream()
        .mapToInt(Request::answerTokens).max().orElseThrow();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
