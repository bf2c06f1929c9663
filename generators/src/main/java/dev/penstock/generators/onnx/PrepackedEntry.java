package dev.penstock.generators.onnx;

import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// A folder with one prepacked graph, its weights, the form of these, and a list of all with sizes and checksums (CRC-32C: a file of
/// 500 MB is checked in a tenth of the time that SHA-256 takes; it guards against damage, not against the folder's
/// owner).
///
/// @param path the folder; it exists only complete
record PrepackedEntry(Path path) {

  private static final String GRAPH = "graph.onnx";
  private static final String LIST = "files.txt";
  static final String WEIGHTS_SUFFIX = ".weights";
  private static final String WEIGHTS = GRAPH + WEIGHTS_SUFFIX;
  private static final String FORM = "form.txt";
  private static final String FORMAT = "3";
  private static final long MAPPED_BYTES = 1L << 30;
  private static final Executor THREAD =
      task -> Thread.ofPlatform().daemon().name("penstock-prepacked-check").start(task);

  /// In which form an entry is.
  ///
  /// @param word of a [PackedForm]
  /// @param refusal why it is not the form that was wanted; empty if it is, or if there was nothing to change
  record Form(String word, String refusal) {}

  /// @param wanted the word of the form that is tried first
  static PrepackedEntry of(Path folder, Path graph, String modelDigest, String processor, String wanted) {
    String key = String.join(
        "\n", FORMAT, modelDigest, String.valueOf(graph.getFileName()), OnnxRuntime.version(), processor, wanted);
    return new PrepackedEntry(folder.resolve(Sha256.of(key).substring(0, 32)));
  }

  Path graph() {
    return graphIn(path);
  }

  Path graphIn(Path folder) {
    return folder.resolve(GRAPH);
  }

  Form form() throws IOException {
    List<String> lines = Files.readAllLines(path.resolve(FORM));
    if (lines.size() != 2) throw new IOException(path.resolve(FORM) + " has " + lines.size() + " lines, not 2");
    return new Form(lines.getFirst(), lines.getLast());
  }

  /// Empties a folder that another form was tried in.
  static void clear(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(GRAPH));
    Files.deleteIfExists(folder.resolve(WEIGHTS));
  }

  /// Puts the pieces that the runtime wrote where kernels can read them.
  static void align(Path folder) throws IOException {
    if (Files.exists(folder.resolve(WEIGHTS))) PrepackedLayout.align(folder.resolve(GRAPH), folder.resolve(WEIGHTS));
  }

  /// Notes the form of a folder whose other files are complete, and writes the list.
  static void seal(Path folder, Form form) throws IOException {
    Files.write(folder.resolve(FORM), List.of(form.word(), form.refusal().replace('\n', ' ')));
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) lines.add(line(file));
    }
    Files.write(folder.resolve(LIST), lines);
  }

  /// Checks everything but the bytes of the weights, which a thread goes on to read: damage there is no danger to who
  /// maps them, only to what is computed with them.
  ///
  /// @return fails with an [UncheckedIOException] if the weights are not what the list says
  /// @throws IOException if a file is missing, has another size, or is not what the list says
  CompletableFuture<Void> verify() throws IOException {
    CompletableFuture<Void> weights = CompletableFuture.completedFuture(null);
    for (String expected : Files.readAllLines(path.resolve(LIST))) {
      Path file = path.resolve(expected.substring(expected.lastIndexOf(' ') + 1));
      if (!expected.startsWith(Files.size(file) + " ")) throw new IOException(file + " is not as long as '" + expected + "'");
      if (file.endsWith(WEIGHTS)) weights = CompletableFuture.runAsync(() -> checkUnchecked(file, expected), THREAD);
      else check(file, expected);
    }
    return weights;
  }

  private static void checkUnchecked(Path file, String expected) {
    try {
      check(file, expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path file, String expected) throws IOException {
    String found = line(file);
    if (!found.equals(expected)) throw new IOException(file + " is '" + found + "', expected is '" + expected + "'");
  }

  private static String line(Path file) throws IOException {
    return Files.size(file) + " " + Long.toHexString(checksum(file)) + " " + file.getFileName();
  }

  /// Unmaps what it read at once: the garbage collector would leave the whole file mapped until it comes.
  private static long checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      for (long at = 0; at < size; at += MAPPED_BYTES) {
        try (Arena arena = Arena.ofConfined()) {
          long bytes = Math.min(MAPPED_BYTES, size - at);
          checksum.update(channel.map(FileChannel.MapMode.READ_ONLY, at, bytes, arena).asByteBuffer());
        }
      }
    }
    return checksum.getValue();
  }
}
