package dev.penstock.generators.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// What decides which kernels ONNX Runtime takes, and with them the order of prepacked weights.
final class ProcessorFlags {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private ProcessorFlags() {}

  /// Architecture and flags, the same text for the same set; empty where the system does not tell (it is Linux's
  /// `flags`, on ARM `Features`).
  static Optional<String> current() {
    if (!Files.isReadable(LINUX)) return Optional.empty();
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> System.getProperty("os.arch") + " " + sorted(line.substring(line.indexOf(':') + 1).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String sorted(String flags) {
    return String.join(" ", Arrays.stream(flags.split("\\s+")).sorted().toList());
  }
}
