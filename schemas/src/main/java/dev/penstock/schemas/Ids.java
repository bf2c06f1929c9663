package dev.penstock.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;

/// The ids of the contract (RFC 9562).
public final class Ids {

  /// The namespace of content ids.
  public static final UUID CONTENT_NAMESPACE = UUID.fromString("6f0f3d1e-6a54-5e0f-9b1c-3a5d2c7e4b10");

  /// The namespace of prompt ids that stand for an idempotency key.
  public static final UUID PROMPT_NAMESPACE = UUID.fromString("3d9b0c52-8a1e-5f6d-b7c4-92e1f0a6d835");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final MessageDigest SHA_1 = digest("SHA-1");
  private static final MessageDigest SHA_256 = digest("SHA-256");

  private Ids() {}

  /// A UUIDv7: 48 bits of milliseconds, then random bits; ids made later sort later.
  public static String newPromptId() {
    long time = System.currentTimeMillis();
    long high = (time << 16) | 0x7000 | RANDOM.nextInt(0x1000);
    long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /// The prompt id that an idempotency key of a tenant stands for: UUIDv5 over the tenant, a zero byte and the key. The
  /// same key is the same prompt for ever.
  public static String promptId(String tenant, String idempotencyKey) {
    return uuid5(PROMPT_NAMESPACE, tenant + '\0' + idempotencyKey).toString();
  }

  /// The id of one variant's content: UUIDv5 over the prompt id, a zero byte and the variant in decimal digits.
  /// The same prompt and variant have the same content id for ever, so sinks can be idempotent.
  public static String contentId(String promptId, int variant) {
    return uuid5(CONTENT_NAMESPACE, promptId + '\0' + variant).toString();
  }

  /// The seed of a prompt that brings none: the first 8 bytes, big-endian, of SHA-256(prompt id as UTF-8).
  public static long seedOf(String promptId) {
    return hash(promptId);
  }

  /// 64 bits that stand for a text: the first 8 bytes, big-endian, of its SHA-256 as UTF-8.
  public static long hash(String text) {
    return ByteBuffer.wrap(digest(SHA_256, text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /// Name-based UUID with SHA-1.
  public static UUID uuid5(UUID namespace, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(16 + bytes.length);
    input.putLong(namespace.getMostSignificantBits()).putLong(namespace.getLeastSignificantBits()).put(bytes);
    ByteBuffer hash = ByteBuffer.wrap(digest(SHA_1, input.array()));
    long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000;
    long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /// On a copy: looking an algorithm up takes longer than digesting an id.
  private static byte[] digest(MessageDigest untouched, byte[] input) {
    try {
      return ((MessageDigest) untouched.clone()).digest(input);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own digests can be copied", e);
    }
  }
}
