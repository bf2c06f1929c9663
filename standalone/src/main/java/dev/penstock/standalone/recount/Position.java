package dev.penstock.standalone.recount;

/// Where a record lies.
record Position(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return "%s-%d@%d".formatted(topic, partition, offset);
  }
}
