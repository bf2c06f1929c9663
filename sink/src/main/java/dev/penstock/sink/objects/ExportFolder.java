package dev.penstock.sink.objects;

import dev.penstock.schemas.ContentGenerated;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pictures, sound and video as files that people can open:
/// `FOLDER/<tenant>/<day of completion, UTC>/<content id>-<first 8 of the SHA-256>.<extension>`.
///
/// A file is a hard link to the object, a copy where the file system does not link. The name carries the hash, so
/// that a later record of the same content id adds a file instead of racing with the first. Objects of stores
/// that have no files are not exported.
public final class ExportFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);

  private final @Nullable Path root;

  private ExportFolder(@Nullable Path root) {
    this.root = root;
  }

  public static ExportFolder at(Path root) {
    return new ExportFolder(root.toAbsolutePath().normalize());
  }

  /// Exports nothing.
  public static ExportFolder off() {
    return new ExportFolder(null);
  }

  /// Whether the body of `content` lies in a file and has a type that programs open.
  boolean takes(ContentGenerated content) {
    return root != null
        && MediaTypes.extension(content.getMediaType()).isPresent()
        && content.getBodyUri() != null
        && content.getBodyUri().startsWith("file:");
  }

  /// Exports a body that [#takes] said yes to.
  ///
  /// @param object the body in the object store
  /// @throws IOException if the folder cannot be written
  void link(UUID contentId, ContentGenerated content, URI object) throws IOException {
    if (root == null) throw new IllegalStateException("exports are off");
    Path file = root.resolve(name(contentId, content));
    if (Files.exists(file)) return;
    Files.createDirectories(file.getParent());
    linkOrCopy(Path.of(object), file);
  }

  private static String name(UUID contentId, ContentGenerated content) {
    LocalDate day = LocalDate.ofInstant(content.getTimings().getCompletedAt(), ZoneOffset.UTC);
    String extension = MediaTypes.extension(content.getMediaType()).orElseThrow();
    return "%s/%s/%s-%s.%s"
        .formatted(
            folderName(content.getTenant()), day, contentId, content.getBodySha256().substring(0, 8), extension);
  }

  private static void linkOrCopy(Path object, Path file) throws IOException {
    try {
      Files.createLink(file, object);
    } catch (FileAlreadyExistsException e) {
      LOG.atDebug().addKeyValue("file", file).log("exported by another instance");
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      copy(object, file);
    }
  }

  private static void copy(Path object, Path file) throws IOException {
    Path draft = Files.createTempFile(file.getParent(), "export", ".tmp");
    try {
      Files.copy(object, draft, StandardCopyOption.REPLACE_EXISTING);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// A tenant as one path segment that cannot leave the folder: hex unless it is plain.
  private static String folderName(String tenant) {
    if (tenant.matches("[A-Za-z0-9_-]{1,64}")) return tenant;
    return "~" + HexFormat.of().formatHex(tenant.getBytes(StandardCharsets.UTF_8));
  }
}
