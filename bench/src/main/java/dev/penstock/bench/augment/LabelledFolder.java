package dev.penstock.bench.augment;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Pictures in a folder a label, and `labels.csv` with a line each. A picture is written before its line, so what has a line
/// is whole, and a run that was cut off goes on where it stood. One process at a time.
final class LabelledFolder {

  private static final String CSV = "labels.csv";
  private static final String HEADER = "file,label,seed,model,version,digest,prompt_id";
  private static final int FIELDS = 7;

  private final Path folder;
  private final List<Entry> entries = new ArrayList<>();

  /// @param file path below the folder
  record Entry(String file, String label, long seed, String model, String version, String digest, String promptId) {

    String line() {
      return String.join(",", file, label, Long.toString(seed), model, version, digest, promptId);
    }
  }

  private LabelledFolder(Path folder) {
    this.folder = folder;
  }

  /// @throws UserError if there is a `labels.csv` of something else
  static LabelledFolder open(Path folder) throws IOException {
    LabelledFolder labelled = new LabelledFolder(folder);
    Files.createDirectories(folder);
    Path csv = folder.resolve(CSV);
    if (!Files.exists(csv)) Files.writeString(csv, HEADER + "\n");
    List<String> lines = Files.readAllLines(csv);
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER))
      throw new UserError(csv + " does not begin with the line " + HEADER + "; name a folder that augment may fill.");
    for (String line : lines.subList(1, lines.size())) labelled.entries.add(entry(csv, line));
    return labelled;
  }

  private static Entry entry(Path csv, String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS || !fields[2].matches("-?\\d{1,18}"))
      throw new UserError(csv + " has the line '" + line + "'; " + HEADER + " are needed.");
    return new Entry(fields[0], fields[1], Long.parseLong(fields[2]), fields[3], fields[4], fields[5], fields[6]);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  byte[] picture(Entry entry) throws IOException {
    return Files.readAllBytes(folder.resolve(entry.file()));
  }

  /// Seeds of a label that are there.
  Set<Long> seeds(String label) {
    return entries.stream().filter(e -> e.label().equals(label)).map(Entry::seed).collect(Collectors.toSet());
  }

  /// Writes a picture, then its line.
  void add(Entry entry, byte[] picture) throws IOException {
    Path file = folder.resolve(entry.file());
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    Files.write(draft, picture);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(folder.resolve(CSV), entry.line() + "\n", StandardOpenOption.APPEND);
    entries.add(entry);
  }
}
