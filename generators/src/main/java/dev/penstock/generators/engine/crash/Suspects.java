package dev.penstock.generators.engine.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests that ran in a step in which a process before this one crashed natively. Each of them runs alone until it
/// is cleared by an end that was no crash; one that crashed alone twice does not run again.
///
/// A process crashed natively if it left its `hs_err_pid<pid>.log`, newer than its recorder. A process that was
/// killed, or ended in good order, names and charges nobody. Neighbours in the crashed step are suspects without
/// being charged.
///
/// The list lies in `suspects.tsv` beside the recorders (id, crashes alone, when last; tab-separated): at most 1,000
/// entries, none older than seven days. Any thread.
public final class Suspects {

  static final int MOST = 1_000;
  static final long MAX_AGE_MILLIS = 7L * 24 * 3600 * 1000;

  private static final Logger log = LoggerFactory.getLogger(Suspects.class);

  private final SuspectsFile file;
  private final Map<String, Suspect> byId;
  /// Spares a lock for each request in the usual case.
  private volatile boolean empty;

  /// @param crashesAlone how often the process crashed while this one ran alone
  record Suspect(String id, int crashesAlone, long lastMillis) {}

  private Suspects(SuspectsFile file, Map<String, Suspect> byId) {
    this.file = file;
    this.byId = byId;
    this.empty = byId.isEmpty();
  }

  /// Nobody is suspected and nothing is kept.
  public static Suspects none() {
    return new Suspects(SuspectsFile.none(), new HashMap<>());
  }

  /// Reads what processes before this one left, charges those that crashed alone, and removes the recorders that were
  /// read. Call before recorders of this process are opened.
  ///
  /// @throws IOException if the folders cannot be read or written
  public static Suspects read(CrashFolders folders, Instant now) throws IOException {
    Files.createDirectories(folders.recorders());
    SuspectsFile file = new SuspectsFile(folders.recorders().resolve("suspects.tsv"));
    Map<String, Suspect> byId = file.read();
    long oldest = now.toEpochMilli() - MAX_AGE_MILLIS;
    byId.values().removeIf(suspect -> suspect.lastMillis < oldest);
    List<Path> recorders = recorders(folders.recorders());
    for (Path recorder : recorders) charge(recorder, folders.crashLogs(), byId, now.toEpochMilli());
    keepTheLatest(byId);
    file.write(byId.values());
    for (Path recorder : recorders) Files.deleteIfExists(recorder);
    return new Suspects(file, byId);
  }

  private static void keepTheLatest(Map<String, Suspect> byId) {
    byId.values().stream()
        .sorted(Comparator.comparingLong(Suspect::lastMillis).reversed())
        .skip(MOST)
        .toList()
        .forEach(suspect -> byId.remove(suspect.id));
  }

  private static List<Path> recorders(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + FlightRecorder.SUFFIX)) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found;
    }
  }

  private static void charge(Path recorder, Path crashLogs, Map<String, Suspect> byId, long nowMillis)
      throws IOException {
    FlightRecorder.Left left = FlightRecorder.read(recorder).orElse(null);
    if (left == null || left.ids().isEmpty() || !crashed(left, crashLogs)) return;
    int charge = left.ids().size() == 1 ? 1 : 0;
    for (String id : left.ids()) {
      Suspect before = byId.getOrDefault(id, new Suspect(id, 0, 0));
      Suspect after = new Suspect(id, before.crashesAlone + charge, nowMillis);
      byId.put(id, after);
      log.atWarn().addKeyValue("contentId", id).addKeyValue("crashesAlone", after.crashesAlone)
          .log("A request was running when a process before this one crashed");
    }
  }

  /// A pid may come again (in a container it is always the same), so the crash log must be newer than the recorder.
  private static boolean crashed(FlightRecorder.Left left, Path crashLogs) throws IOException {
    try {
      long written = Files.getLastModifiedTime(crashLogs.resolve("hs_err_pid" + left.pid() + ".log")).toMillis();
      return written >= left.openedMillis();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// The suspects' recorded ids.
  public synchronized Set<String> ids() {
    return Set.copyOf(byId.keySet());
  }

  /// Whether a request must run with nothing beside it.
  public boolean contains(RecordedId id) {
    if (empty) return false;
    synchronized (this) {
      return byId.containsKey(id.text());
    }
  }

  /// Whether a request crashed the process twice while it ran alone.
  public boolean crashedAloneTwice(RecordedId id) {
    if (empty) return false;
    synchronized (this) {
      Suspect suspect = byId.get(id.text());
      return suspect != null && suspect.crashesAlone >= 2;
    }
  }

  /// The request ran alone and the process lived.
  ///
  /// @throws UncheckedIOException if the list cannot be written; it is cleared for this process all the same
  public synchronized void clear(RecordedId id) {
    if (byId.remove(id.text()) == null) return;
    empty = byId.isEmpty();
    try {
      file.write(List.copyOf(byId.values()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
