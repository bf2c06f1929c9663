package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import java.util.Arrays;

/// The order of the work that waits in one task's inbox: priority, then deadline, then arrival. Bodies stay in the
/// store; an entry here costs at most 45 bytes, so a million pending prompts cost about 45 MB of heap.
///
/// Entries live in slots of parallel arrays. Binary heaps hold slot numbers: one a priority in the order of work,
/// one over all in the order of deadlines. Not thread-safe: the stream thread's.
final class InboxIndex {

  /// Stands for "no deadline".
  static final long NEVER = Long.MAX_VALUE;

  /// One variant of one prompt.
  record Entry(long offset, int variant, Priority priority, long deadlineMillis) {}

  private static final Priority[] PRIORITIES = Priority.values();

  private long[] offsets = new long[64];
  private long[] deadlines = new long[64];
  private short[] variants = new short[64];
  private byte[] priorities = new byte[64];

  /// Where a slot stands in its two heaps, so that leaving one heap means leaving the other.
  private int[] workPosition = new int[64];

  private int[] deadlinePosition = new int[64];

  /// Free slots, linked through `workPosition`; -1 ends the list.
  private int firstFree = -1;

  private int used;
  private int size;

  private final Heap[] work = new Heap[PRIORITIES.length];
  private final Heap byDeadline = new Heap(false);

  InboxIndex() {
    for (int i = 0; i < work.length; i++) work[i] = new Heap(true);
  }

  int size() {
    return size;
  }

  /// @param deadlineMillis epoch milliseconds, or [#NEVER]
  void add(long offset, int variant, Priority priority, long deadlineMillis) {
    int slot = takeSlot();
    offsets[slot] = offset;
    variants[slot] = (short) variant;
    priorities[slot] = (byte) priority.ordinal();
    deadlines[slot] = deadlineMillis;
    work[priority.ordinal()].add(slot);
    if (deadlineMillis != NEVER) byDeadline.add(slot);
    else deadlinePosition[slot] = -1;
    size++;
  }

  boolean has(Priority priority) {
    return work[priority.ordinal()].size > 0;
  }

  /// Takes the first entry of this priority out.
  ///
  /// @throws IllegalStateException if there is none
  Entry poll(Priority priority) {
    Heap heap = work[priority.ordinal()];
    if (heap.size == 0) throw new IllegalStateException("no entry of priority " + priority);
    return remove(heap.slots[0]);
  }

  /// Whether an entry's deadline is not after `nowMillis`.
  boolean hasExpired(long nowMillis) {
    return byDeadline.size > 0 && deadlines[byDeadline.slots[0]] <= nowMillis;
  }

  /// Takes the entry with the earliest deadline out.
  Entry pollExpired() {
    if (byDeadline.size == 0) throw new IllegalStateException("no entry has a deadline");
    return remove(byDeadline.slots[0]);
  }

  private Entry remove(int slot) {
    work[priorities[slot]].removeAt(workPosition[slot]);
    if (deadlinePosition[slot] >= 0) byDeadline.removeAt(deadlinePosition[slot]);
    workPosition[slot] = firstFree;
    firstFree = slot;
    size--;
    return new Entry(
        offsets[slot], Short.toUnsignedInt(variants[slot]), PRIORITIES[priorities[slot]], deadlines[slot]);
  }

  private int takeSlot() {
    if (firstFree >= 0) {
      int slot = firstFree;
      firstFree = workPosition[slot];
      return slot;
    }
    if (used == offsets.length) grow();
    return used++;
  }

  private void grow() {
    int capacity = used + (used >> 1);
    offsets = Arrays.copyOf(offsets, capacity);
    deadlines = Arrays.copyOf(deadlines, capacity);
    variants = Arrays.copyOf(variants, capacity);
    priorities = Arrays.copyOf(priorities, capacity);
    workPosition = Arrays.copyOf(workPosition, capacity);
    deadlinePosition = Arrays.copyOf(deadlinePosition, capacity);
  }

  /// Offsets grow with arrival, so they are the arrival order within a task.
  private boolean before(int a, int b) {
    if (deadlines[a] != deadlines[b]) return deadlines[a] < deadlines[b];
    if (offsets[a] != offsets[b]) return offsets[a] < offsets[b];
    return Short.toUnsignedInt(variants[a]) < Short.toUnsignedInt(variants[b]);
  }

  /// A binary heap of slot numbers that tells each slot where it stands.
  private final class Heap {
    private final boolean ofWork;
    private int[] slots = new int[16];
    private int size;

    Heap(boolean ofWork) {
      this.ofWork = ofWork;
    }

    void add(int slot) {
      if (size == slots.length) slots = Arrays.copyOf(slots, size + (size >> 1));
      place(slot, size++);
      up(size - 1);
    }

    void removeAt(int position) {
      int last = slots[--size];
      if (position == size) return;
      place(last, position);
      up(position);
      down(position);
    }

    private void up(int position) {
      int slot = slots[position];
      while (position > 0 && before(slot, slots[(position - 1) >> 1])) {
        place(slots[(position - 1) >> 1], position);
        position = (position - 1) >> 1;
      }
      place(slot, position);
    }

    private void down(int position) {
      int slot = slots[position];
      while (2 * position + 1 < size) {
        int child = 2 * position + 1;
        if (child + 1 < size && before(slots[child + 1], slots[child])) child++;
        if (!before(slots[child], slot)) break;
        place(slots[child], position);
        position = child;
      }
      place(slot, position);
    }

    private void place(int slot, int position) {
      slots[position] = slot;
      if (ofWork) workPosition[slot] = position;
      else deadlinePosition[slot] = position;
    }
  }
}
