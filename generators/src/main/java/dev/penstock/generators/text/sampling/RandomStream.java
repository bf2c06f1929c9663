package dev.penstock.generators.text.sampling;

/// Random numbers that are the same for ever: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014, with Stafford's variant 13 of the mixing function). Own code rather than the
/// JDK's, because a seed in a stored record must still mean the same text in ten years.
final class RandomStream {

  private long state;

  RandomStream(long seed) {
    state = seed;
  }

  long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /// Uniform in `[0, 1)`: the upper 53 bits over 2^53.
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
