package dev.penstock.generators.engine.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The list of suspects on disk; replaced as a whole, so that a reader sees the old one or the new one.
final class SuspectsFile {

  private static final Logger log = LoggerFactory.getLogger(SuspectsFile.class);

  private final @Nullable Path path;

  SuspectsFile(Path path) {
    this.path = path;
  }

  private SuspectsFile() {
    this.path = null;
  }

  static SuspectsFile none() {
    return new SuspectsFile();
  }

  Map<String, Suspects.Suspect> read() throws IOException {
    Map<String, Suspects.Suspect> suspects = new HashMap<>();
    if (path == null || !Files.exists(path)) return suspects;
    for (String line : Files.readAllLines(path)) {
      String[] fields = line.split("\t");
      try {
        suspects.put(fields[0], new Suspects.Suspect(fields[0], Integer.parseInt(fields[1]), Long.parseLong(fields[2])));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        log.atWarn().addKeyValue("file", path).log("A line of the list of suspects cannot be read and is left out");
      }
    }
    return suspects;
  }

  void write(Collection<Suspects.Suspect> suspects) throws IOException {
    if (path == null) return;
    if (suspects.isEmpty()) {
      Files.deleteIfExists(path);
      return;
    }
    List<String> lines =
        suspects.stream().map(s -> s.id() + "\t" + s.crashesAlone() + "\t" + s.lastMillis()).toList();
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.write(next, lines);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
