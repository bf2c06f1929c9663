package dev.penstock.chaos.cluster;

import dev.penstock.chaos.process.Program;
import dev.penstock.chaos.process.ProgramProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// One broker of the cluster, over several processes. One thread at a time.
public final class BrokerProcess implements AutoCloseable {

  private static final int HEAP_MEGABYTES = 256;
  private static final int LAST_LINES = 12;

  private final Path file;
  private final Properties properties;
  private final Program program;

  /// @param properties as [BrokerProgram] reads them
  BrokerProcess(int id, Path folder, Properties properties) {
    this.file = folder.resolve("broker.properties");
    this.properties = properties;
    this.program = Program.of(BrokerProgram.class, "broker-" + id, folder, HEAP_MEGABYTES);
  }

  public String name() {
    return program.name();
  }

  /// Returns before it takes requests.
  ///
  /// @param together whether all brokers were killed and are started together
  void start(boolean together) {
    properties.setProperty("together", Boolean.toString(together));
    try {
      Files.createDirectories(file.getParent());
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        properties.store(writer, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    program.start(List.of(file.toString()));
  }

  /// Whether it takes requests.
  ///
  /// @throws IllegalStateException if it ended by itself
  boolean hasStarted() {
    boolean hasStarted = process().output().contains(BrokerProgram.STARTED);
    if (!hasStarted && !isRunning()) throw new IllegalStateException(name() + " ended by itself: " + process().state());
    return hasStarted;
  }

  /// Its last lines, for messages.
  String lastWords() {
    List<String> lines = process().lines();
    String last = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return "%s, %s:\n  %s".formatted(name(), process().state(), last);
  }

  public ProgramProcess process() {
    return program.process();
  }

  public boolean isRunning() {
    return program.isRunning();
  }

  @Override
  public void close() {
    program.close();
  }
}
