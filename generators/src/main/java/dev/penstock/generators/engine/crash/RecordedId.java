package dev.penstock.generators.engine.crash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A request's id as it fits into a [FlightRecorder] and on one line of the list of suspects: itself if it has 1 to
/// 96 printable ASCII characters and no blank, else `sha256:` and its hash.
///
/// @param text what stands in the files
public record RecordedId(String text) {

  /// The longest recorded id.
  public static final int MAX_BYTES = 96;

  /// The recorded form of a request's id.
  public static RecordedId of(String id) {
    boolean fits = !id.isEmpty() && id.length() <= MAX_BYTES && id.chars().allMatch(c -> c > ' ' && c < 127);
    return new RecordedId(fits ? id : "sha256:" + sha256(id));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// @throws IllegalArgumentException if that is not the length of a recorded id
  static String read(byte[] file, int from, int length) {
    if (length < 1 || length > MAX_BYTES) throw new IllegalArgumentException("a recorded id of " + length + " bytes");
    return new String(file, from, length, StandardCharsets.US_ASCII);
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
