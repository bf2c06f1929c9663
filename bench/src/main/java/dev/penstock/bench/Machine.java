package dev.penstock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the figures were measured on.
public final class Machine {

  private Machine() {}

  public static String describe() {
    return "%s, %d processors, JDK %s, load %s"
        .formatted(
            line("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            load());
  }

  private static String line(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(l -> l.startsWith(key))
          .findFirst()
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String load() {
    double average = java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return average < 0 ? "unknown" : "%.2f".formatted(average);
  }
}
