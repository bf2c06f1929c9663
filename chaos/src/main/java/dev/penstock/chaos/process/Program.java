package dev.penstock.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program that keeps its name and folder over several processes, of which one runs at a time.
public final class Program implements AutoCloseable {

  private final String name;
  private final Path folder;
  private final String mainClass;
  private final int heapMegabytes;
  private final Map<String, String> environment;
  private final List<ProgramProcess> processes = new ArrayList<>();
  private boolean isClosed;

  private Program(String name, Path folder, String mainClass, int heapMegabytes, Map<String, String> environment) {
    this.name = name;
    this.folder = folder;
    this.mainClass = mainClass;
    this.heapMegabytes = heapMegabytes;
    this.environment = Map.copyOf(environment);
  }

  /// A command of `penstock`.
  ///
  /// @param environment added to this process's own
  public static Program penstock(String name, Path folder, int heapMegabytes, Map<String, String> environment) {
    return new Program(name, folder, ProgramProcess.PENSTOCK, heapMegabytes, environment);
  }

  /// A class with a `main`.
  public static Program of(Class<?> main, String name, Path folder, int heapMegabytes) {
    return new Program(name, folder, main.getName(), heapMegabytes, Map.of());
  }

  public String name() {
    return name;
  }

  /// Starts a process; returns before it does its work.
  ///
  /// @throws IllegalStateException if one runs
  public synchronized ProgramProcess start(List<String> arguments) {
    if (isClosed) throw new IllegalStateException(name + " is closed");
    if (isRunning()) throw new IllegalStateException(name + " is running");
    try {
      Files.createDirectories(folder);
      Path log = folder.resolve("process-%d.log".formatted(processes.size() + 1));
      ProgramProcess process =
          ProgramProcess.start(
              new Launch(mainClass, arguments, heapMegabytes, folder.resolve("crash"), log, environment));
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized boolean isRunning() {
    return !processes.isEmpty() && process().isAlive();
  }

  /// The one that runs or ran last.
  public synchronized ProgramProcess process() {
    return processes.getLast();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    processes.forEach(ProgramProcess::close);
  }
}
