package dev.penstock.generators.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A model folder whose every file was read and found to be what the manifest says. Immutable.
///
/// @param path     the folder
/// @param manifest its `model.yaml`
/// @param digests  file name to sha256 as computed from the bytes, sorted by name, without `model.yaml`
/// @param digest   the model digest: sha256 over one line `<sha256> <file name>\n` a file, sorted by name, and the
///                 line of `model.yaml` at the end
public record ModelFolder(Path path, ModelManifest manifest, Map<String, String> digests, String digest) {

  /// Larger files than this are refused before they are read: no model we can hold in memory has one.
  static final long MAX_FILE_BYTES = 64L << 30;

  public ModelFolder {
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
  }

  /// Reads the manifest and verifies the sha256 of every file; takes about a second a gigabyte.
  ///
  /// @throws InvalidModelException one sentence: which file or key, what is wrong, what was expected
  public static ModelFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new InvalidModelException(path + " is not a folder; a model is a folder with a "
          + ModelManifest.FILE_NAME + " in it.");
    }
    Path manifestFile = path.resolve(ModelManifest.FILE_NAME);
    var manifest = ModelManifest.read(manifestFile);
    var digests = new TreeMap<String, String>();
    manifest.files().forEach((name, expected) -> digests.put(name, verified(path, name, expected)));
    return new ModelFolder(path, manifest, digests, digest(digests, manifestFile));
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

  private static String verified(Path folder, String name, String expected) {
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
      String found = Sha256.of(file);
      if (!found.equals(expected)) {
        throw new InvalidModelException(file + " is not the file that " + ModelManifest.FILE_NAME
            + " lists: its sha256 is " + found + " (" + size + " bytes), expected is " + expected + ".");
      }
      return found;
    } catch (IOException unreadable) {
      throw new InvalidModelException(file + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    }
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
