package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelImportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// A folder in the making, beside its target: it gets its name only when it is complete, so many imports may run at
/// once and none is ever seen half done.
public final class DraftFolder {

  /// Names of unfinished folders start with this; one that is left was interrupted and may be deleted.
  public static final String PREFIX = ".importing-";

  private DraftFolder() {}

  /// Fills a folder.
  @FunctionalInterface
  public interface Filling<T> {
    T fill(Path draft) throws IOException;
  }

  /// Fills a draft and moves it to `target`, which must not exist yet; if the filling fails nothing stays.
  ///
  /// @param name what the folder is for
  /// @throws ModelImportException the target exists
  public static <T> T fill(Path target, String name, Filling<T> filling) {
    if (Files.exists(target)) {
      throw new ModelImportException(target + " exists already; remove it first, or import under another name.");
    }
    Path absolute = target.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      Path draft = Files.createDirectory(absolute.resolveSibling(PREFIX + name + "-" + UUID.randomUUID()));
      try {
        T filled = filling.fill(draft);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        return filled;
      } finally {
        FileTree.delete(draft);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("The model " + name + " cannot be written to " + target, failed);
    }
  }
}
