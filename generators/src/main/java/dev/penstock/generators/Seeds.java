package dev.penstock.generators;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Where every random number of a generation comes from.
public final class Seeds {

  private Seeds() {}

  /// The seed of one candidate of one variant: the first 8 bytes, big-endian, of
  /// SHA-256(base seed as 8 bytes, variant as 4, candidate as 4, all big-endian).
  public static long draw(long baseSeed, int variant, int candidate) {
    byte[] input = ByteBuffer.allocate(16).putLong(baseSeed).putInt(variant).putInt(candidate).array();
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(input)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
