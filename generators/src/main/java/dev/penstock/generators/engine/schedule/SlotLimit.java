package dev.penstock.generators.engine.schedule;

/// How many of its slots a lane uses: all of them, until memory runs out. Then half of those that were in use, and one
/// more each time that so many fitted for a good while; the more often memory runs out, the longer that is. The lane
/// thread alone.
public final class SlotLimit {

  /// Steps with all allowed slots busy before one more is tried; doubled each time that memory runs out.
  public static final int PATIENCE = 64;

  private static final int MOST_PATIENCE = 4_096;

  private final int slots;
  private int limit;
  /// Zero while memory has sufficed for a long time.
  private int patience;
  private int fullSteps;

  public SlotLimit(int slots) {
    this.slots = slots;
    this.limit = slots;
  }

  public int slots() {
    return slots;
  }

  /// At least 1.
  public int limit() {
    return limit;
  }

  /// A step with so many slots busy did not fit into memory.
  public void ranOut(int busy) {
    patience = patience == 0 ? PATIENCE : Math.min(2 * patience, MOST_PATIENCE);
    limit = Math.clamp(busy / 2, 1, slots);
    fullSteps = 0;
  }

  /// It was one request that fits at no limit, so the others need none.
  public void lift() {
    limit = slots;
    fullSteps = 0;
  }

  /// A step with so many slots busy went well.
  ///
  /// @return whether all slots may be used again from here on
  public boolean wentWell(int busy) {
    if (patience == 0 || busy < limit || ++fullSteps < patience) return false;
    fullSteps = 0;
    if (limit == slots) {
      patience = 0;
      return false;
    }
    return ++limit == slots;
  }
}
