package dev.penstock.producer.answers;

import dev.penstock.runtime.store.ObjectSource;
import dev.penstock.schemas.ContentGenerated;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The bytes of content records, wherever they lie. Threads may share one.
///
/// @param store where bodies lie that were too large for a record
public record ContentBodies(ObjectSource store) {

  /// Whether the body is something to read: UTF-8.
  public static boolean isText(ContentGenerated content) {
    return content.getMediaType().startsWith("text/") || content.getMediaType().equals("application/json");
  }

  /// The body, checked against the SHA-256 of its record.
  ///
  /// @throws IOException if the object store does not have it, or the bytes are not those that were generated
  public byte[] of(ContentGenerated content) throws IOException {
    byte[] body = content.getBody() != null ? bytes(content.getBody()) : stored(content);
    if (!sha256(body).equals(content.getBodySha256()))
      throw new IOException(
          "the body of content %s does not have the SHA-256 its record names".formatted(content.getContentId()));
    return body;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private byte[] stored(ContentGenerated content) throws IOException {
    if (content.getBodyUri() == null)
      throw new IOException("content %s has neither a body nor a bodyUri".formatted(content.getContentId()));
    return store.get(URI.create(content.getBodyUri()));
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
