package dev.penstock.standalone.broker;

import dev.penstock.runtime.UserError;
import dev.penstock.standalone.infrastructure.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.kafka.common.Uuid;

/// The folder of a cluster: held by this process, and of one cluster for ever.
final class ClusterFolder implements AutoCloseable {

  private final Path folder;
  private final String clusterId;
  private final FolderLock lock;

  private ClusterFolder(Path folder, String clusterId, FolderLock lock) {
    this.folder = folder;
    this.clusterId = clusterId;
    this.lock = lock;
  }

  /// @throws UserError if another process holds the folder or its cluster has another size
  static ClusterFolder open(Path folder, int nodes) throws IOException {
    FolderLock lock = FolderLock.on(folder);
    try {
      return new ClusterFolder(folder, clusterId(folder, nodes), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Written before the first node is formatted, so that a start that was cut off half-way can be repeated.
  private static String clusterId(Path folder, int nodes) throws IOException {
    Path file = folder.resolve("cluster");
    if (!Files.exists(file)) {
      Path draft = Files.writeString(folder.resolve("cluster.new"), nodes + " " + Uuid.randomUuid());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    String[] sizeAndId = Files.readString(file).split(" ", 2);
    if (!sizeAndId[0].equals(Integer.toString(nodes)))
      throw new UserError(
          "the folder %s belongs to a Kafka cluster of %s nodes, not of %d: choose another folder"
              .formatted(folder, sizeAndId[0], nodes));
    return sizeAndId[1];
  }

  String clusterId() {
    return clusterId;
  }

  Path logFolder(int nodeId) {
    return folder.resolve("node" + nodeId);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
