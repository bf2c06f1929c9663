package dev.penstock.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.jspecify.annotations.Nullable;

/// One combined broker and controller. Not thread-safe: its owner starts and stops it from one thread at a time.
final class KafkaNode {

  private final int id;
  private final Path logFolder;
  private @Nullable KafkaRaftServer server;

  KafkaNode(int id, Path logFolder) {
    this.id = id;
    this.logFolder = logFolder;
  }

  int id() {
    return id;
  }

  Path logFolder() {
    return logFolder;
  }

  boolean isRunning() {
    return server != null;
  }

  /// Gives an empty folder its node and cluster id, with the newest metadata version that is released.
  void formatIfNew(String clusterId) throws IOException {
    if (Files.exists(logFolder.resolve("meta.properties"))) return;
    Files.createDirectories(logFolder);
    try {
      format(clusterId);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Kafka cannot format " + logFolder, e);
    }
  }

  private void format(String clusterId) throws Exception {
    try (PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silence)
          .setNodeId(id)
          .setClusterId(clusterId)
          .addDirectory(logFolder.toString())
          .setMetadataLogDirectory(logFolder.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setControllerListenerName(NodeProperties.CONTROLLER)
          .run();
    }
  }

  /// Whether the folder's last user was killed before it could close it.
  boolean wasKilled() {
    return Files.exists(logFolder.resolve("meta.properties"))
        && !new CleanShutdownFileHandler(logFolder.toString()).exists();
  }

  /// Returns when it takes requests.
  void start(Map<String, String> properties) {
    server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
  }

  /// Returns when everything is written and closed.
  void stop() {
    KafkaRaftServer running = server;
    server = null;
    if (running == null) return;
    running.shutdown();
    running.awaitShutdown();
  }
}
