package dev.penstock.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The wall clock of processes that are started with its environment, by libfaketime (GPL-2.0, found on the machine, not
/// part of Penstock). The clock that only counts up, and the machine's own, stay as they are.
public final class MovableClock {

  /// Where Debian and Fedora keep it.
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  private final Path library;
  private final Path file;

  private MovableClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /// @param folder where the file lies that says how far it is off
  /// @return empty if libfaketime is not installed
  public static Optional<MovableClock> in(Path folder) {
    Optional<MovableClock> clock =
        PLACES.stream().filter(Files::exists).findFirst().map(library -> new MovableClock(library, folder.resolve("clock")));
    clock.ifPresent(found -> found.set(Duration.ZERO));
    return clock;
  }

  /// Of a process that is to follow it.
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "NO_FAKE_STAT", "1");
  }

  /// Within a second the clock is this far from the machine's.
  public void set(Duration offset) {
    try {
      Files.createDirectories(file.getParent());
      Path draft = Files.writeString(file.resolveSibling("clock.new"), "%+d\n".formatted(offset.toSeconds()));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
