package dev.penstock.runtime.store;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// An object store in a folder of one host: `ROOT/tenant/ab/abcdef...`.
final class FolderStore implements ObjectStore {

  private final Path root;

  FolderStore(Path root) {
    this.root = root.normalize();
  }

  @Override
  public URI put(String tenant, byte[] body) throws IOException {
    String sha256 = sha256(body);
    Path file = root.resolve(directoryName(tenant)).resolve(sha256.substring(0, 2)).resolve(sha256);
    if (Files.exists(file)) {
      // A young object is not collected while a record that names it is on its way.
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return file.toUri();
    }
    Files.createDirectories(file.getParent());
    Path draft = Files.createTempFile(file.getParent(), "put", ".tmp");
    try {
      Files.write(draft, body);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    return file.toUri();
  }

  @Override
  public byte[] get(URI uri) throws IOException {
    Path file = Path.of(uri).normalize();
    if (!file.startsWith(root)) throw new IOException(uri + " is not in the object store " + root);
    return checked(uri, file);
  }

  /// @throws IOException if the file cannot be read, or its name is not the SHA-256 of its bytes
  static byte[] checked(URI uri, Path file) throws IOException {
    byte[] body = Files.readAllBytes(file);
    if (!sha256(body).equals(file.getFileName().toString()))
      throw new IOException(uri + " does not have the bytes its name promises");
    return body;
  }

  /// A tenant as one path segment that cannot escape the root and is not too long for a file system: its SHA-256
  /// unless it is plain.
  private static String directoryName(String tenant) {
    if (tenant.matches("[A-Za-z0-9_-]{1,64}")) return tenant;
    return "~" + sha256(tenant.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
