package dev.penstock.chaos.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file system of a few megabytes in memory (tmpfs), which can be filled. Needs the right to mount: root, in most
/// containers too.
public final class SmallFileSystem implements AutoCloseable {

  private static final String FILLER = "filler";

  private final Path folder;

  private SmallFileSystem(Path folder) {
    this.folder = folder;
  }

  /// @param folder that is mounted over; created if it is missing
  /// @return empty if this user may not mount
  public static Optional<SmallFileSystem> mount(Path folder, int megabytes) {
    try {
      Files.createDirectories(folder);
      boolean isMounted =
          run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "tmpfs", folder.toString());
      return isMounted ? Optional.of(new SmallFileSystem(folder)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  /// Writes until nothing more goes in.
  public void fill() {
    byte[] block = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
      while (true) out.write(block);
    } catch (IOException e) {
      return; // It is full.
    }
  }

  /// Gives back what [#fill] took.
  public void empty() {
    try {
      Files.deleteIfExists(folder.resolve(FILLER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
    }
  }

  /// Whoever has files open there keeps them; the memory goes with the last of them.
  @Override
  public void close() {
    try {
      if (!run("umount", "--lazy", folder.toString())) throw new IllegalStateException(folder + " cannot be unmounted");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
