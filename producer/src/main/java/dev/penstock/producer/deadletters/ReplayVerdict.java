package dev.penstock.producer.deadletters;

/// Whether a dead letter is sent again.
public enum ReplayVerdict {
  /// It is the last thing that became of its prompt.
  REPLAY("sent again"),
  /// Its value still is no prompt that can be read.
  UNREADABLE("still cannot be read"),
  /// Its prompt ended again after it, one way or another.
  ENDED_SINCE("ended again since"),
  /// It was sent again and has not ended.
  UNDER_WAY("under way already");

  private final String words;

  ReplayVerdict(String words) {
    this.words = words;
  }

  /// For people.
  public String words() {
    return words;
  }
}
