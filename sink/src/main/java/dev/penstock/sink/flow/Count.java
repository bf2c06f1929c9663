package dev.penstock.sink.flow;

/// Everything the sink counts since it started.
public enum Count {
  RECORDS_READ("records.read", "Records of committed batches."),
  CONTENT_READ("content.read", "Content records among them."),
  OUTCOMES_READ("outcomes.read", "Outcome records among them."),
  ROWS_ADDED("rows.added", "Rows that were not there before."),
  ROWS_REPLACED("rows.replaced", "Rows that a later record of the same id took over."),
  DUPLICATES("duplicates", "Records that changed nothing, because they or a later one were there."),
  PARKED("parked", "Records that are not what their topic promises, kept in the table unreadable."),
  BATCHES("batches", "Committed transactions."),
  WAITS("waits", "Tries that failed because something was away: the database, the object store, the registry or Kafka.");

  private final String key;
  private final String meaning;

  Count(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  public String key() {
    return key;
  }

  public String meaning() {
    return meaning;
  }
}
