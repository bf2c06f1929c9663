package dev.penstock.generatorstream.inbox;

import java.util.Arrays;

/// Finds slots by the 64-bit hashes of prompt ids. Open addressing with linear probing: 8 bytes for the hash and 5 to 8
/// for the place of each slot. The stream thread's.
final class IdSlots {

  private static final int NONE = -1;
  private static final int SMALLEST = 64;

  private long[] hashes = new long[SMALLEST];

  /// Slot numbers plus 1; 0 is free.
  private int[] places = new int[SMALLEST];

  private int size;

  /// More slots than before may be put in.
  void grow(int slots) {
    hashes = Arrays.copyOf(hashes, slots);
  }

  void put(int slot, long hash) {
    hashes[slot] = hash;
    size++;
    if (4L * size > 3L * places.length) rebuild();
    place(slot);
  }

  /// What its arrays take.
  long bytes() {
    return 8L * hashes.length + 4L * places.length;
  }

  private void place(int slot) {
    int place = home(hashes[slot]);
    while (places[place] != 0) place = next(place);
    places[place] = slot + 1;
  }

  private void rebuild() {
    int[] old = places;
    places = new int[old.length + (old.length >> 1)];
    for (int slot : old) if (slot != 0) place(slot - 1);
  }

  /// The first slot with this hash, or -1.
  int first(long hash) {
    return at(home(hash), hash);
  }

  /// Another one with the same hash, or -1.
  int after(int slot) {
    return at(next(placeOf(slot)), hashes[slot]);
  }

  private int at(int place, long hash) {
    for (; places[place] != 0; place = next(place)) if (hashes[places[place] - 1] == hash) return places[place] - 1;
    return NONE;
  }

  private int placeOf(int slot) {
    int place = home(hashes[slot]);
    while (places[place] != slot + 1) place = next(place);
    return place;
  }

  void remove(int slot) {
    int hole = placeOf(slot);
    size--;
    for (int place = next(hole); places[place] != 0; place = next(place)) {
      int home = home(hashes[places[place] - 1]);
      if (distance(home, place) < distance(hole, place)) continue;
      places[hole] = places[place];
      hole = place;
    }
    places[hole] = 0;
  }

  /// The hashes are evenly distributed.
  private int home(long hash) {
    return (int) Math.unsignedMultiplyHigh(hash, places.length);
  }

  private int next(int place) {
    return place + 1 == places.length ? 0 : place + 1;
  }

  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + places.length;
  }
}
