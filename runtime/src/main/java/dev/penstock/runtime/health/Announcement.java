package dev.penstock.runtime.health;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells other programs of the same user on this machine where a process answers probes: a file named by its pid that
/// holds the address. What a killed process leaves is removed by whoever looks next.
public final class Announcement implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
  private static final String SUFFIX = ".url";

  private final Path file;

  private Announcement(Path file) {
    this.file = file;
  }

  /// Where announcements lie: `${PENSTOCK_CACHE:-~/.cache/penstock}/instances`.
  public static Path folder(Map<String, String> environment) {
    String cache = environment.get("PENSTOCK_CACHE");
    Path root = cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache", "penstock");
    return root.resolve("instances");
  }

  /// Announces this process until it is closed. One that cannot be announced works all the same.
  public static Announcement of(Path folder, int port) {
    Path file = folder.resolve(ProcessHandle.current().pid() + "-" + port + SUFFIX);
    try {
      Files.createDirectories(folder);
      // Those of killed processes go.
      all(folder);
      Files.writeString(file, "http://127.0.0.1:" + port);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.toString()).log("penstock status will not find this instance by itself");
    }
    return new Announcement(file);
  }

  /// The addresses of processes that live.
  public static List<URI> all(Path folder) throws IOException {
    List<URI> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) return found;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        if (lives(file)) address(file).ifPresent(found::add);
        else Files.deleteIfExists(file);
      }
    }
    return found;
  }

  private static boolean lives(Path file) {
    String pid = file.getFileName().toString().replaceFirst("-.*", "");
    return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private static Optional<URI> address(Path file) throws IOException {
    try {
      return Optional.of(URI.create(Files.readString(file).strip()));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
