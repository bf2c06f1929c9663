package dev.penstock.generators.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A file, or a folder with everything below it.
public final class FileTree {

  private FileTree() {}

  /// Deletes the tree; nothing happens if it is not there. Links are deleted, not followed.
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> below = Files.walk(root)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /// The bytes of all files of the tree.
  public static long size(Path root) throws IOException {
    try (Stream<Path> below = Files.walk(root)) {
      return below.mapToLong(each -> each.toFile().isFile() ? each.toFile().length() : 0).sum();
    }
  }
}
