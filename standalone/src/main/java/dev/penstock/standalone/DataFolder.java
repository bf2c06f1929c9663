package dev.penstock.standalone;

import dev.penstock.runtime.UserError;
import dev.penstock.standalone.database.EmbeddedDatabase;
import dev.penstock.standalone.infrastructure.FolderLock;
import dev.penstock.standalone.infrastructure.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a standalone process keeps everything, held by this process alone.
public final class DataFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final String RUN = "run-";

  private final Path path;
  private final boolean isTemporary;
  private final FolderLock lock;

  private DataFolder(Path path, boolean isTemporary, FolderLock lock) {
    this.path = path;
    this.isTemporary = isTemporary;
    this.lock = lock;
  }

  /// A folder that stays. Created if it is missing.
  ///
  /// @throws UserError if another process holds it
  public static DataFolder at(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return new DataFolder(absolute, false, FolderLock.on(absolute));
  }

  /// A new folder that goes when it is closed. Removes those that killed processes left behind, with their servers.
  ///
  /// @throws UserError if the temporary folder cannot be used
  public static DataFolder temporary() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "penstock-" + System.getProperty("user.name"));
    return temporaryIn(temporary);
  }

  static DataFolder temporaryIn(Path parent) {
    try {
      Folders.createPrivate(parent);
      removeLeftOvers(parent);
      // It gets the name under which others would remove it only when it is locked.
      String name = UUID.randomUUID().toString();
      FolderLock lock = FolderLock.on(parent.resolve("new-" + name));
      Path run = Files.move(parent.resolve("new-" + name), parent.resolve(RUN + name), StandardCopyOption.ATOMIC_MOVE);
      return new DataFolder(run, true, lock);
    } catch (IOException e) {
      throw new UserError("the temporary folder %s cannot be used: %s".formatted(parent, e), e);
    }
  }

  private static void removeLeftOvers(Path parent) throws IOException {
    List<Path> runs;
    try (Stream<Path> entries = Files.list(parent)) {
      runs = entries.filter(entry -> entry.getFileName().toString().startsWith(RUN)).toList();
    }
    for (Path run : runs) removeUnlessInUse(run);
  }

  private static void removeUnlessInUse(Path run) {
    try (FolderLock unused = FolderLock.on(run)) {
      EmbeddedDatabase.stopLeftOver(new DataFolder(run, true, unused).database());
      Folders.remove(run);
    } catch (UserError e) {
      LOG.atDebug().addKeyValue("folder", run).log("the folder is in use");
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", run).setCause(e).log("the folder of a process that is gone cannot be removed");
    }
  }

  public Path path() {
    return path;
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  Path database() {
    return path.resolve("postgresql");
  }

  Path objects() {
    return path.resolve("objects");
  }

  Path exports() {
    return path.resolve("exports");
  }

  Path state() {
    return path.resolve("state");
  }

  Path crash() {
    return path.resolve("crash");
  }

  /// Gives it back; a temporary folder is removed.
  @Override
  public void close() throws IOException {
    try {
      if (isTemporary) Folders.remove(path);
    } finally {
      lock.close();
    }
  }
}
