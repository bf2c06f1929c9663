package dev.penstock.generatorstream.inbox;

/// How many prompts a task holds, and how old they are, as part of what the instance holds. The stream thread's.
final class Holdings implements AutoCloseable {

  private final InboxLimits limits;
  private final InboxAges.OfTask ages;
  private long count;

  Holdings(InboxLimits limits) {
    this.limits = limits;
    this.ages = limits.ages().ofTask();
  }

  /// One whose age is not known.
  void came() {
    count++;
    limits.entries().incrementAndGet();
  }

  void came(long offset, long sentMillis) {
    came();
    ages.came(offset, sentMillis);
  }

  void ended(long offset) {
    count--;
    limits.entries().decrementAndGet();
    ages.ended(offset);
  }

  long count() {
    return count;
  }

  /// The task holds nothing any more.
  @Override
  public void close() {
    ages.close();
    limits.entries().addAndGet(-count);
    count = 0;
  }
}
