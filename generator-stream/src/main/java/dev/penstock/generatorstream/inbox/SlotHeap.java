package dev.penstock.generatorstream.inbox;

import java.util.Arrays;

/// A binary heap of slot numbers that tells each slot where it stands: 4 bytes a slot. The stream thread's.
final class SlotHeap {

  /// What is heaped.
  interface Slots {

    /// Whether slot `a` comes before slot `b`.
    boolean before(int a, int b);

    void stands(int slot, int position);
  }

  private final Slots of;
  private int[] slots = new int[4];
  private int size;

  SlotHeap(Slots of) {
    this.of = of;
  }

  /// What its array takes.
  long bytes() {
    return 4L * slots.length;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The slot that comes first. There must be one.
  int first() {
    if (size == 0) throw new IllegalStateException("no slot is here");
    return slots[0];
  }

  void add(int slot) {
    if (size == slots.length) slots = Arrays.copyOf(slots, InboxIndex.grown(size));
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
    while (position > 0 && of.before(slot, slots[(position - 1) >> 1])) {
      place(slots[(position - 1) >> 1], position);
      position = (position - 1) >> 1;
    }
    place(slot, position);
  }

  private void down(int position) {
    int slot = slots[position];
    while (2 * position + 1 < size) {
      int child = 2 * position + 1;
      if (child + 1 < size && of.before(slots[child + 1], slots[child])) child++;
      if (!of.before(slots[child], slot)) break;
      place(slots[child], position);
      position = child;
    }
    place(slot, position);
  }

  private void place(int slot, int position) {
    slots[position] = slot;
    of.stands(slot, position);
  }
}
