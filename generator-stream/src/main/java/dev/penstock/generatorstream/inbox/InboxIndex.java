package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import java.util.Arrays;

/// The prompts of one task's inbox: which comes next, which is too late, and where a prompt id is. The order is priority,
/// then deadline, then the tenants' turns ([TenantLines]), then arrival. Bodies stay in the store; a prompt here costs
/// at most 64 bytes of heap.
///
/// A prompt has a slot of parallel arrays from its arrival to its end. It waits in a line, or behind another one with
/// its order key, or all its open variants run. Not thread-safe: the stream thread's.
final class InboxIndex {

  /// Stands for "no deadline".
  static final long NEVER = Long.MAX_VALUE;

  /// One variant of one prompt that may start.
  record Entry(long offset, int variant) {}

  /// The variants of a prompt that had not started: bit v for variant v.
  record Expired(long offset, int variants) {}

  private static final int FIRST_SLOTS = 64;

  /// For the work position of a slot that is in no line.
  private static final int NOWHERE = -1;

  private static final int BEHIND = -2;

  private final IdSlots ids = new IdSlots();
  private long[] offsets = new long[FIRST_SLOTS];
  private long[] deadlines = new long[FIRST_SLOTS];
  private short[] waitingVariants = new short[FIRST_SLOTS];
  private byte[] priorities = new byte[FIRST_SLOTS];
  private short[] tenants = new short[FIRST_SLOTS];

  /// Where a slot stands in its line, and among the deadlines, so that leaving one means leaving the other.
  private int[] workPosition = new int[FIRST_SLOTS];

  private int[] deadlinePosition = new int[FIRST_SLOTS];

  /// Free slots, linked through `workPosition`; -1 ends the list.
  private int firstFree = -1;

  private int used;
  private int waiting;

  private final TenantLines lines = new TenantLines(new Work(), slot -> deadlines[slot]);
  private final SlotHeap byDeadline = new SlotHeap(new Deadlines());

  /// Variants that may start.
  int waiting() {
    return waiting;
  }

  /// What its arrays take; what it has beside them does not grow with the prompts, but with the tenants.
  long bytes() {
    int slot = 2 * Long.BYTES + 2 * Short.BYTES + 1 + 2 * Integer.BYTES;
    return (long) slot * offsets.length + ids.bytes() + lines.bytes() + byDeadline.bytes();
  }

  /// Takes a prompt in.
  ///
  /// @param mayStart false if it waits behind another one, until it is [#release]d
  void add(Pending prompt, boolean mayStart) {
    int slot = takeSlot();
    offsets[slot] = prompt.offset();
    waitingVariants[slot] = (short) prompt.variants();
    priorities[slot] = (byte) prompt.priority().ordinal();
    tenants[slot] = (short) lines.hold(prompt.tenant());
    deadlines[slot] = prompt.deadlineMillis();
    ids.put(slot, prompt.idHash());
    deadlinePosition[slot] = NOWHERE;
    if (prompt.deadlineMillis() != NEVER) byDeadline.add(slot);
    workPosition[slot] = BEHIND;
    if (mayStart) lineUp(slot);
  }

  private void lineUp(int slot) {
    lines.add(slot, tenants[slot], priorities[slot]);
    waiting += variants(slot);
  }

  private int variants(int slot) {
    return Integer.bitCount(Short.toUnsignedInt(waitingVariants[slot]));
  }

  boolean has(Priority priority) {
    return !lines.isEmpty(priority.ordinal());
  }

  /// Takes the variant out whose turn it is.
  ///
  /// @throws java.util.NoSuchElementException if there is none of this priority
  Entry poll(Priority priority) {
    int slot = lines.next(priority.ordinal());
    int open = Short.toUnsignedInt(waitingVariants[slot]);
    int variant = Integer.numberOfTrailingZeros(open);
    waitingVariants[slot] = (short) (open & (open - 1));
    waiting--;
    if (waitingVariants[slot] == 0) leave(slot);
    return new Entry(offsets[slot], variant);
  }

  /// Variants of a held prompt that were polled have left the engine.
  void returned(long idHash, long offset, int variants) {
    int slot = slot(idHash, offset);
    lines.returned(tenants[slot], priorities[slot], variants);
  }

  /// Whether an entry's deadline is not after `nowMillis`.
  boolean hasExpired(long nowMillis) {
    return !byDeadline.isEmpty() && deadlines[byDeadline.first()] <= nowMillis;
  }

  /// Takes what waits of the prompt with the earliest deadline out.
  Expired pollExpired() {
    int slot = byDeadline.first();
    return new Expired(offsets[slot], takeWaiting(slot));
  }

  /// Where the prompt with this id is; -1 if none is held.
  long offsetOf(long idHash) {
    int slot = ids.first(idHash);
    return slot < 0 ? -1 : offsets[slot];
  }

  boolean holds(Pending prompt) {
    return find(prompt.idHash(), prompt.offset()) >= 0;
  }

  /// Prompts of this tenant that wait or run.
  int held(String tenant) {
    return lines.held(tenant);
  }

  /// Takes what waits of a prompt out.
  ///
  /// @return its variants: bit v for variant v
  int takeWaiting(long idHash, long offset) {
    return takeWaiting(slot(idHash, offset));
  }

  private int takeWaiting(int slot) {
    int open = Short.toUnsignedInt(waitingVariants[slot]);
    if (workPosition[slot] >= 0) waiting -= variants(slot);
    waitingVariants[slot] = 0;
    leave(slot);
    return open;
  }

  /// Out of line and deadlines, but still held.
  private void leave(int slot) {
    if (workPosition[slot] >= 0) {
      lines.removeAt(workPosition[slot], tenants[slot], priorities[slot]);
      workPosition[slot] = NOWHERE;
    }
    if (deadlinePosition[slot] >= 0) byDeadline.removeAt(deadlinePosition[slot]);
    deadlinePosition[slot] = NOWHERE;
  }

  /// The prompt before it with the same order key ended.
  void release(Pending prompt) {
    int slot = slot(prompt.idHash(), prompt.offset());
    if (workPosition[slot] == BEHIND) lineUp(slot);
  }

  /// The prompt ended.
  ///
  /// @return whether it still waited behind another one
  boolean drop(long idHash, long offset) {
    int slot = slot(idHash, offset);
    takeWaiting(slot);
    boolean wasBehind = workPosition[slot] == BEHIND;
    ids.remove(slot);
    lines.drop(tenants[slot]);
    workPosition[slot] = firstFree;
    firstFree = slot;
    return wasBehind;
  }

  private int slot(long idHash, long offset) {
    int slot = find(idHash, offset);
    if (slot < 0) throw new IllegalStateException("the index has no prompt of offset " + offset);
    return slot;
  }

  private int find(long idHash, long offset) {
    int slot = ids.first(idHash);
    while (slot >= 0 && offsets[slot] != offset) slot = ids.after(slot);
    return slot;
  }

  private int takeSlot() {
    if (firstFree >= 0) {
      int slot = firstFree;
      firstFree = workPosition[slot];
      return slot;
    }
    if (used == offsets.length) grow(grown(used));
    return used++;
  }

  /// By an eighth: what is not used yet shall cost little.
  static int grown(int capacity) {
    return capacity + Math.max(16, capacity >> 3);
  }

  private void grow(int capacity) {
    offsets = Arrays.copyOf(offsets, capacity);
    deadlines = Arrays.copyOf(deadlines, capacity);
    waitingVariants = Arrays.copyOf(waitingVariants, capacity);
    priorities = Arrays.copyOf(priorities, capacity);
    tenants = Arrays.copyOf(tenants, capacity);
    workPosition = Arrays.copyOf(workPosition, capacity);
    deadlinePosition = Arrays.copyOf(deadlinePosition, capacity);
    ids.grow(capacity);
  }

  /// Offsets grow with arrival, so they are the arrival order within a task.
  private boolean before(int a, int b) {
    return deadlines[a] != deadlines[b] ? deadlines[a] < deadlines[b] : offsets[a] < offsets[b];
  }

  private final class Work implements SlotHeap.Slots {
    @Override
    public boolean before(int a, int b) {
      return InboxIndex.this.before(a, b);
    }

    @Override
    public void stands(int slot, int position) {
      workPosition[slot] = position;
    }
  }

  private final class Deadlines implements SlotHeap.Slots {
    @Override
    public boolean before(int a, int b) {
      return InboxIndex.this.before(a, b);
    }

    @Override
    public void stands(int slot, int position) {
      deadlinePosition[slot] = position;
    }
  }
}
