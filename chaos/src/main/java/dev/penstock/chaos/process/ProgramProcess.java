package dev.penstock.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of a program of ours in a JVM of its own. What it prints, on both streams, goes to a file.
public final class ProgramProcess implements AutoCloseable {

  /// The `penstock` program.
  static final String PENSTOCK = "dev.penstock.runtime.cli.Penstock";

  private final Process process;
  private final Path log;
  private volatile boolean isFrozen;

  private ProgramProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ProgramProcess start(Launch launch) throws IOException {
    Files.createDirectories(launch.crashes());
    ProcessBuilder builder =
        new ProcessBuilder(launch.command()).redirectErrorStream(true).redirectOutput(launch.log().toFile());
    builder.environment().putAll(launch.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    return new ProgramProcess(process, launch.log());
  }

  /// Everything it has printed so far.
  public String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> lines() {
    return output().lines().toList();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public boolean isFrozen() {
    return isFrozen;
  }

  public String state() {
    return isAlive() ? "running" : "exit code " + process.exitValue();
  }

  /// SIGKILL; returns when the process is gone.
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// SIGTERM; returns the exit code.
  public int terminate() {
    process.destroy();
    return awaitExit();
  }

  /// SIGSTOP: no thread of the process runs until [#resume].
  public void freeze() {
    Signals.send(process.pid(), Signals.STOP);
    isFrozen = true;
  }

  /// SIGCONT.
  public void resume() {
    isFrozen = false;
    Signals.send(process.pid(), Signals.CONT);
  }

  /// SIGSEGV to one thread, as if the native code that it runs had touched memory that is not its own. The JVM writes
  /// its crash report and ends.
  ///
  /// @param thread how its name begins
  /// @return false if there is no such thread
  public boolean crash(String thread) {
    return Signals.sendToThread(process.pid(), thread, Signals.SEGV);
  }

  /// Waits for the process to end and returns its exit code.
  ///
  /// @throws IllegalStateException if it does not
  public int awaitExit() {
    try {
      if (!process.waitFor(Patience.FOR_A_PROCESS.toSeconds(), TimeUnit.SECONDS))
        throw new IllegalStateException(
            "process %d does not end within %s".formatted(process.pid(), Patience.FOR_A_PROCESS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process was waited for", e);
    }
    return process.exitValue();
  }

  /// Ends it at once, frozen or not.
  @Override
  public void close() {
    if (process.isAlive()) kill();
  }
}
