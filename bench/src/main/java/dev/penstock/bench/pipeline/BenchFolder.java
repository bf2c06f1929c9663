package dev.penstock.bench.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/// A temporary folder that is removed at the end.
final class BenchFolder implements AutoCloseable {

  private final Path path;

  BenchFolder() throws IOException {
    path = Files.createTempDirectory("penstock-bench");
  }

  Path path() {
    return path;
  }

  /// The manifest of the timed generator, as a file.
  Path manifest() throws IOException {
    Path file = path.resolve("model.yaml");
    try (InputStream in =
        Objects.requireNonNull(BenchFolder.class.getResourceAsStream("/timed/model.yaml"))) {
      Files.copy(in, file);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
    }
  }
}
