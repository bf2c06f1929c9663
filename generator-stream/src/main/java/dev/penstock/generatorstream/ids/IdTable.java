package dev.penstock.generatorstream.ids;

/// A number for each of many 64-bit hashes, in two arrays: 21 to 32 bytes an entry. Open addressing with linear probing;
/// hashes must be evenly distributed. Not thread-safe.
final class IdTable {

  /// No value; marks a free place.
  static final long NONE = 0;

  private static final int SMALLEST = 64;

  private long[] hashes = new long[SMALLEST];
  private long[] values = new long[SMALLEST];
  private int size;

  int size() {
    return size;
  }

  /// The value of this hash, or [#NONE].
  long get(long hash) {
    return values[place(hash)];
  }

  /// @param value not [#NONE]
  void put(long hash, long value) {
    int place = place(hash);
    if (values[place] == NONE) {
      size++;
      if (4L * size > 3L * values.length) {
        grow();
        place = place(hash);
      }
    }
    hashes[place] = hash;
    values[place] = value;
  }

  /// Takes the hash out if it has this value.
  void remove(long hash, long value) {
    int hole = place(hash);
    if (values[hole] != value) return;
    size--;
    for (int place = next(hole); values[place] != NONE; place = next(place)) {
      int home = home(hashes[place]);
      if (distance(home, place) < distance(hole, place)) continue;
      hashes[hole] = hashes[place];
      values[hole] = values[place];
      hole = place;
    }
    values[hole] = NONE;
  }

  void clear() {
    hashes = new long[SMALLEST];
    values = new long[SMALLEST];
    size = 0;
  }

  /// Where the hash is, or would be put.
  private int place(long hash) {
    int place = home(hash);
    while (values[place] != NONE && hashes[place] != hash) place = next(place);
    return place;
  }

  private int home(long hash) {
    return (int) Math.unsignedMultiplyHigh(hash, values.length);
  }

  private int next(int place) {
    return place + 1 == values.length ? 0 : place + 1;
  }

  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + values.length;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldValues = values;
    int capacity = oldValues.length + (oldValues.length >> 1);
    hashes = new long[capacity];
    values = new long[capacity];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] == NONE) continue;
      int place = place(oldHashes[i]);
      hashes[place] = oldHashes[i];
      values[place] = oldValues[i];
    }
  }
}
