package dev.penstock.systemtests.rig;

import dev.penstock.chaos.process.Patience;
import dev.penstock.standalone.infrastructure.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/// A virtual environment of Python with the packages of one requirements file. Kept under `target` for the next run.
public final class PythonEnvironment {

  private final Path folder;

  private PythonEnvironment(Path folder) {
    this.folder = folder;
  }

  /// What a program printed, on both streams, and how it ended.
  public record Result(int exitCode, String output) {}

  /// Makes it, or finds it made. Skips the test where there is no Python with `venv` and `pip`.
  public static PythonEnvironment with(Path requirements) throws IOException {
    PythonEnvironment environment = new PythonEnvironment(Path.of("target", "python-client").toAbsolutePath());
    Path installed = environment.folder.resolve("installed.txt");
    String wanted = Files.readString(requirements);
    if (Files.exists(installed) && Files.readString(installed).equals(wanted)) return environment;
    assumeThat(isThere("import venv, ensurepip")).as("python3 with venv and pip is there").isTrue();
    Folders.remove(environment.folder);
    must(run(List.of("python3", "-m", "venv", environment.folder.toString())));
    must(environment.run("-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements.toString()));
    Files.writeString(installed, wanted);
    return environment;
  }

  private static boolean isThere(String imports) {
    try {
      return run(List.of("python3", "-c", imports)).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void must(Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  /// Runs its Python and waits for the end.
  public Result run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("bin").resolve("python").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Result run(List<String> command) throws IOException {
    Path output = Files.createTempFile("penstock", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      boolean ended = process.waitFor(Patience.FOR_A_PROCESS.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("%s ends within %s", command, Patience.FOR_A_PROCESS).isTrue();
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
