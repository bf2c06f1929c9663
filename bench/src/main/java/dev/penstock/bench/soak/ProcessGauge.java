package dev.penstock.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a JVM of this machine holds, by Linux' /proc and the JDK's `jcmd`.
record ProcessGauge(long pid) {

  private static final Pattern USED_HEAP = Pattern.compile("(?m)^ *(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");

  /// In megabytes.
  double residentMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
      String line = lines.filter(one -> one.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
  }

  /// What a full collection of the serial collector leaves on the heap, in megabytes. It is done for that, and stops the
  /// process for as long.
  double liveHeapMegabytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    String told = jcmd("GC.heap_info");
    long kilobytes = 0;
    Matcher used = USED_HEAP.matcher(told);
    while (used.find()) kilobytes += Long.parseLong(used.group(1));
    if (kilobytes == 0) throw new IOException("jcmd tells of no heap: " + told);
    return kilobytes / 1024.0;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(tool.toString(), Long.toString(pid), command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) throw new IOException("jcmd %d %s failed: %s".formatted(pid, command, told));
    return told;
  }

  /// Files, sockets, pipes.
  long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/%d/fd".formatted(pid)))) {
      return files.count();
    }
  }
}
