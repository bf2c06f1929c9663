package dev.penstock.generators.models.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one thread of one process on this machine work at a time: a file lock between processes, which the system
/// releases when a process dies, and an ordinary lock between the threads of this one.
final class PullLock {

  private static final ConcurrentMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

  private final Path file;
  private final Runnable whenBusy;

  /// @param file     the lock's file; made when needed, never deleted
  /// @param whenBusy told if somebody else holds the lock
  PullLock(Path file, Runnable whenBusy) {
    this.file = file.toAbsolutePath().normalize();
    this.whenBusy = whenBusy;
  }

  /// What is done while the lock is held.
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  <T> T hold(Work<T> work) throws IOException, InterruptedException {
    var withinProcess = WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
    if (!withinProcess.tryLock()) {
      whenBusy.run();
      withinProcess.lockInterruptibly();
    }
    try {
      Files.createDirectories(file.getParent());
      try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = lock(channel)) {
        if (!lock.isValid()) {
          throw new IOException("the lock on " + file + " was lost");
        }
        return work.run();
      }
    } finally {
      withinProcess.unlock();
    }
  }

  private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    whenBusy.run();
    try {
      return channel.lock();
    } catch (FileLockInterruptionException interrupted) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException("while waiting for " + file).initCause(interrupted);
    }
  }
}
