package dev.penstock.generators.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 as 64 lower-case hexadecimal digits.
public final class Sha256 {

  private static final int CHUNK = 1 << 18;

  private Sha256() {}

  /// A fresh digest to be fed by hand.
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }

  /// Reads the file once, in pieces.
  public static String of(Path file) throws IOException {
    var digest = newDigest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return hex(digest.digest());
  }

  /// The digest of the text's UTF-8 bytes.
  public static String of(String text) {
    return hex(newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
