package dev.penstock.standalone.infrastructure;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Holds a folder for this process: one folder, one process. The operating system drops the lock when the
/// process ends, however it ends.
public final class FolderLock implements AutoCloseable {

  private static final String FILE = ".penstock.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Creates the folder if it is missing and locks it.
  ///
  /// @throws UserError if another process, or another part of this one, holds it, or it cannot be written
  public static FolderLock on(Path folder) {
    try {
      Files.createDirectories(folder);
      return lock(folder);
    } catch (IOException e) {
      throw new UserError("the folder %s cannot be used: %s".formatted(folder, e), e);
    }
  }

  private static FolderLock lock(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) throw inUse(folder, holder(channel));
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new FolderLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
    } catch (IOException | UserError e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return StandardCharsets.UTF_8.decode(pid.flip()).toString();
  }

  private static UserError inUse(Path folder, String pid) {
    return new UserError(
        "the folder %s is in use by process %s: stop that process, or choose another folder".formatted(folder, pid));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
