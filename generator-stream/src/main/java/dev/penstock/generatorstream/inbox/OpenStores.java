package dev.penstock.generatorstream.inbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers on disk which tasks' inboxes are in use, so that those which a killed process left are known.
///
/// Under exactly-once Kafka Streams drops what such a process left and reads it again from the changelog. But it finds
/// out when the task has been assigned, and then asks the group for a rebalance, during which nothing is committed until
/// every other member has sent its next heartbeat. Dropped before Kafka Streams starts, the task is restored at once.
public final class OpenStores {

  private static final Logger LOG = LoggerFactory.getLogger(OpenStores.class);

  private static final String MARK = "in-use";

  /// Held by Kafka Streams while a process works in the folder.
  private static final String LOCK = ".lock";

  private OpenStores() {}

  /// A task begins to write what its changelog may not keep. Without the mark only time is lost, after a kill.
  static void mark(Path taskFolder) {
    try {
      Files.deleteIfExists(taskFolder.resolve(MARK));
      Files.createFile(taskFolder.resolve(MARK));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", taskFolder).addKeyValue("why", e).log("a restart after a kill will take longer");
    }
  }

  /// A task's store was closed; what it left is as good as its changelog, or Kafka Streams knows that it is not.
  static void unmark(Path taskFolder) {
    try {
      Files.deleteIfExists(taskFolder.resolve(MARK));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", taskFolder).addKeyValue("why", e).log("the next start will restore more than it must");
    }
  }

  /// Drops the folders of tasks that a killed process left. Does nothing while another process works there.
  ///
  /// @param applicationFolder of Kafka Streams: holds a folder for each task
  public static void dropLeft(Path applicationFolder) throws IOException {
    if (!Files.isDirectory(applicationFolder)) return;
    try (FileChannel channel =
            FileChannel.open(applicationFolder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock != null) dropMarked(applicationFolder);
    } catch (OverlappingFileLockException e) {
      LOG.atDebug().addKeyValue("folder", applicationFolder).log("another instance of this process works there");
    }
  }

  private static void dropMarked(Path applicationFolder) throws IOException {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(applicationFolder, Files::isDirectory)) {
      for (Path task : tasks) if (Files.exists(task.resolve(MARK))) drop(task);
    }
  }

  /// The mark goes last: who is killed in the middle of it leaves one.
  private static void drop(Path task) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(task)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) if (!file.equals(task) && !file.equals(task.resolve(MARK))) Files.delete(file);
    Files.delete(task.resolve(MARK));
    Files.delete(task);
  }
}
