package dev.penstock.generatorstream.inbox;

/// The time one harvest may take.
final class HarvestBudget {

  private static final long NANOS = 20_000_000;

  private final long end = System.nanoTime() + NANOS;

  private HarvestBudget() {}

  static HarvestBudget start() {
    return new HarvestBudget();
  }

  boolean isSpent() {
    return System.nanoTime() - end >= 0;
  }
}
