package dev.penstock.generators.models.source;

import dev.penstock.generators.models.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Downloads a wheel with `python3 -m pip download`, so that the user's own settings of pip (index, proxy, cache)
/// count. Only wheels are taken, so no code of the package runs.
///
/// @param python the program, usually `python3`
record PipClient(String python) {

  private static final Pattern VERSION = Pattern.compile("pip (\\d+)\\.(\\d+).*");
  private static final Pattern RAW_PROGRESS = Pattern.compile("Progress (\\d{1,18}) of (\\d{1,18})");
  private static final Pattern UNREACHABLE = Pattern.compile(
      "NameResolutionError|NewConnectionError|Failed to establish a new connection|Temporary failure in name resolution"
          + "|ConnectTimeoutError|ReadTimeoutError|Connection refused|Network is unreachable|Max retries exceeded|ProxyError");
  private static final int KEPT_LINES = 50;

  private record Version(int major, int minor) {
    boolean isAtLeast(int otherMajor, int otherMinor) {
      return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
  }

  private record Ended(int status, List<String> lastLines) {
    boolean mentions(String words) {
      return lastLines.stream().anyMatch(line -> line.contains(words));
    }
  }

  /// Puts the wheel of `requirement`, and nothing else, into `folder`.
  ///
  /// @throws SourceException      python or pip is missing, the index cannot be reached or has no such wheel
  /// @throws InterruptedException the thread was interrupted; the download was stopped
  void download(String requirement, Path folder, Progress progress) throws InterruptedException {
    var version = version(requirement);
    var command = new ArrayList<>(List.of(python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:",
        "--no-input", "--disable-pip-version-check", "--timeout", "20", "--retries", "2"));
    command.addAll(List.of("--progress-bar", version.isAtLeast(24, 1) ? "raw" : "off"));
    if (version.isAtLeast(25, 1)) {
      command.addAll(List.of("--resume-retries", "5"));
    }
    command.addAll(List.of("--dest", folder.toString(), requirement));
    String stage = "fetch " + requirement;
    progress.at(stage, 0, 0);
    var ended = run(requirement, command, line -> {
      Matcher matcher = RAW_PROGRESS.matcher(line);
      if (matcher.matches()) {
        progress.at(stage, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      }
    });
    if (ended.status() != 0) {
      throw failed(requirement, ended);
    }
  }

  private Version version(String requirement) throws InterruptedException {
    var ended = run(requirement, List.of(python, "-m", "pip", "--version"), line -> { });
    for (String line : ended.lastLines()) {
      Matcher matcher = VERSION.matcher(line);
      if (ended.status() == 0 && matcher.matches()) {
        return new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      }
    }
    throw new SourceException(python + " has no pip, which fetches the package " + requirement
        + "; install pip for it (for example the system's package python3-pip).");
  }

  private SourceException failed(String requirement, Ended ended) {
    if (ended.lastLines().stream().anyMatch(line -> UNREACHABLE.matcher(line).find())) {
      return new SourceException("The package index cannot be reached, so " + requirement
          + " was not fetched; check the network or pip settings and try again.");
    }
    if (ended.mentions("No matching distribution found")) {
      return new SourceException("The package index has no wheel of " + requirement + " for this machine.");
    }
    String reason = ended.lastLines().reversed().stream().filter(line -> line.startsWith("ERROR:")).findFirst()
        .orElse("it ended with status " + ended.status());
    return new SourceException("pip did not fetch " + requirement + ": " + reason);
  }

  private Ended run(String requirement, List<String> command, Consumer<String> listener) throws InterruptedException {
    Process process = start(requirement, command);
    Deque<String> last = new ArrayDeque<>();
    var reading = CompletableFuture.runAsync(() -> read(process, last, listener), Thread::startVirtualThread);
    try {
      int status = process.waitFor();
      reading.join();
      return new Ended(status, List.copyOf(last));
    } finally {
      process.destroy();
    }
  }

  private Process start(String requirement, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException missing) {
      throw new SourceException("The program " + python + " cannot be started, but fetching the package " + requirement
          + " needs Python 3 with pip; install them, or import the file itself.", missing);
    }
  }

  private static void read(Process process, Deque<String> last, Consumer<String> listener) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.accept(line);
        last.addLast(line);
        if (last.size() > KEPT_LINES) {
          last.removeFirst();
        }
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
