package dev.penstock.generators.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A model folder whose every file was read and found to be what the manifest says, but for those that are `unread`.
/// Immutable.
///
/// @param path     the folder
/// @param manifest its `model.yaml`
/// @param digests  file name to sha256 as computed from the bytes (of unread files, as the manifest has it), sorted by
///                 name, without `model.yaml`
/// @param digest   the model digest: sha256 over one line `<sha256> <file name>\n` a file, sorted by name, and the
///                 line of `model.yaml` at the end
/// @param unread   large files that [#verifyUnread] must read before anybody else does
/// @param parts    by name, the other models that it is made of; their digests are in its own. A [ModelRepository]
///                 finds them
public record ModelFolder(
    Path path,
    ModelManifest manifest,
    Map<String, String> digests,
    String digest,
    Set<String> unread,
    Map<String, ModelFolder> parts) {

  /// Larger files than this are refused before they are read: no model we can hold in memory has one.
  static final long MAX_FILE_BYTES = 64L << 30;

  /// Files of this size and more hold weights.
  static final long LARGE_BYTES = 16L << 20;

  public ModelFolder {
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    unread = Set.copyOf(unread);
    parts = Map.copyOf(parts);
  }

  /// A model that is made of its own files alone.
  public ModelFolder(
      Path path, ModelManifest manifest, Map<String, String> digests, String digest, Set<String> unread) {
    this(path, manifest, digests, digest, unread, Map.of());
  }

  /// The same with the models that it is made of: its digest becomes sha256 over the line of its own and one line
  /// `<digest> <name>\n` a part, sorted by name.
  ModelFolder with(Map<String, ModelFolder> found) {
    if (found.isEmpty()) {
      return this;
    }
    var lines = new StringBuilder(digest).append(' ').append(manifest.name()).append('\n');
    new TreeMap<>(found).forEach((name, part) -> lines.append(part.digest).append(' ').append(name).append('\n'));
    return new ModelFolder(path, manifest, digests, Sha256.of(lines.toString()), unread, found);
  }

  /// One of the models that it is made of.
  ///
  /// @throws InvalidModelException if it is not at hand
  public ModelFolder part(String name) {
    ModelFolder part = parts.get(name);
    if (part == null) {
      throw new InvalidModelException("Model " + manifest.name() + " needs the model " + name
          + ", which is not at hand; open it by name from where both are.");
    }
    return part;
  }

  /// Says whether what was made of a model's file is at hand, with a checksum of its own, and is all that will be used.
  @FunctionalInterface
  public interface Prepared {
    boolean standsFor(String file, ModelManifest manifest, String digest);
  }

  /// Reads the manifest and verifies the sha256 of every file; takes about a second a gigabyte.
  ///
  /// @throws InvalidModelException one sentence: which file or key, what is wrong, what was expected
  public static ModelFolder open(Path path) {
    return open(path, (file, manifest, digest) -> false);
  }

  /// As above, but large files are not read now if what was made of them is at hand: it was made of the files that the
  /// digest names, and whoever finds it damaged verifies those before using them.
  ///
  /// @param prepared asked about large files
  ///
  /// @throws InvalidModelException one sentence: which file or key, what is wrong, what was expected
  public static ModelFolder open(Path path, Prepared prepared) {
    if (!Files.isDirectory(path)) {
      throw new InvalidModelException(path + " is not a folder; a model is a folder with a "
          + ModelManifest.FILE_NAME + " in it.");
    }
    Path manifestFile = path.resolve(ModelManifest.FILE_NAME);
    var manifest = ModelManifest.read(manifestFile);
    var digests = new TreeMap<>(manifest.files());
    String digest = digest(digests, manifestFile);
    var unread = new TreeSet<String>();
    digests.forEach((name, expected) -> {
      if (sized(path, name) >= LARGE_BYTES && prepared.standsFor(name, manifest, digest)) {
        unread.add(name);
      } else {
        verify(path, name, expected);
      }
    });
    return new ModelFolder(path, manifest, digests, digest, unread);
  }

  /// Reads what [#open(Path, Prepared)] did not.
  ///
  /// @throws InvalidModelException one sentence: which file, what is wrong, what was expected
  public void verifyUnread() {
    unread.forEach(name -> verify(path, name, digests.get(name)));
  }

  /// Path of a file that the manifest lists.
  ///
  /// @throws InvalidModelException if the manifest does not list it
  public Path file(String name) {
    if (!digests.containsKey(name)) {
      throw new InvalidModelException("Model " + manifest.name() + " has no file " + name + "; it lists "
          + String.join(", ", digests.keySet()) + ".");
    }
    return path.resolve(name);
  }

  /// Copies the manifest and the files that it lists, and nothing else that lies beside them, into a folder.
  public void copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : digests.keySet()) {
      Path copy = target.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(path.resolve(name), copy);
    }
    Files.copy(path.resolve(ModelManifest.FILE_NAME), target.resolve(ModelManifest.FILE_NAME));
  }

  private static void verify(Path folder, String name, String expected) {
    long size = sized(folder, name);
    Path file = folder.resolve(name);
    try {
      String found = Sha256.of(file);
      if (!found.equals(expected)) {
        throw new InvalidModelException(file + " is not the file that " + ModelManifest.FILE_NAME
            + " lists: its sha256 is " + found + " (" + size + " bytes), expected is " + expected + ".");
      }
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  private static long sized(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(file + " is missing; " + ModelManifest.FILE_NAME + " lists it.");
    }
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new InvalidModelException(
            file + " has " + size + " bytes; at most " + MAX_FILE_BYTES + " are allowed.");
      }
      return size;
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  private static InvalidModelException unreadable(Path file, IOException cause) {
    return new InvalidModelException(file + " cannot be read: " + cause.getMessage() + ".", cause);
  }

  private static String digest(TreeMap<String, String> digests, Path manifestFile) {
    var lines = new StringBuilder();
    digests.forEach((name, sha256) -> lines.append(sha256).append(' ').append(name).append('\n'));
    try {
      lines.append(Sha256.of(manifestFile)).append(' ').append(ModelManifest.FILE_NAME).append('\n');
    } catch (IOException unreadable) {
      throw new InvalidModelException(
          manifestFile + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    }
    return Sha256.of(lines.toString());
  }
}
