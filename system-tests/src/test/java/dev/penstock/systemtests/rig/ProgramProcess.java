package dev.penstock.systemtests.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of the `penstock` program: a JVM with the flags of the launcher script and the class path of this one.
/// What it prints, on both streams, goes to a file.
public final class ProgramProcess implements AutoCloseable {

  private static final String MAIN_CLASS = "dev.penstock.runtime.cli.Penstock";

  private final Process process;
  private final Path log;

  private ProgramProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// @param crashes where the JVM writes `hs_err_pid<pid>.log`
  /// @param log a file that does not exist yet
  static ProgramProcess start(Path crashes, Path log, List<String> arguments) throws IOException {
    Files.createDirectories(crashes);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags(crashes));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return new ProgramProcess(process, log);
  }

  /// As the launcher script sets them, with one compiler less: these processes live for seconds.
  private static List<String> jvmFlags(Path crashes) {
    return List.of(
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dstdout.encoding=UTF-8",
        "-Dstderr.encoding=UTF-8",
        "-Xmx768m",
        "-XX:ErrorFile=" + crashes.resolve("hs_err_pid%p.log"),
        "-XX:-CreateCoredumpOnCrash",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xlog:disable",
        "-Xlog:all=warning,aot*=off,cds*=off:stderr");
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

  public boolean isAlive() {
    return process.isAlive();
  }

  String state() {
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
    signal("STOP");
  }

  /// SIGCONT.
  public void resume() {
    signal("CONT");
  }

  /// Java can only send TERM and KILL; the shell's own `kill` is everywhere.
  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
      assertThat(kill.waitFor()).as("exit code of kill -%s", name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// Waits for the process to end and returns its exit code.
  public int awaitExit() {
    try {
      assertThat(process.waitFor(Patience.FOR_A_PROCESS.toSeconds(), TimeUnit.SECONDS))
          .as("process %d ends within %s", process.pid(), Patience.FOR_A_PROCESS)
          .isTrue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return process.exitValue();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while a process was waited for", e);
  }

  /// Ends it at once, frozen or not.
  @Override
  public void close() {
    if (process.isAlive()) kill();
  }
}
