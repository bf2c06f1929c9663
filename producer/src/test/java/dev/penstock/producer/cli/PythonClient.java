package dev.penstock.producer.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The example program `examples/python/prompt.py` with the libraries of its requirements.txt, in a virtual environment
/// below `target` that is made once.
final class PythonClient {

  record Result(int exitCode, String out, String err) {}

  private static final Path EXAMPLE = Path.of("..", "examples", "python").toAbsolutePath().normalize();

  private final Path python;

  private PythonClient(Path python) {
    this.python = python;
  }

  /// Skips the test where there is no Python with venv and pip.
  static PythonClient prepare(Path target) throws Exception {
    Path environment = target.resolve("python-example").toAbsolutePath();
    Path requirements = EXAMPLE.resolve("requirements.txt");
    Path installed = environment.resolve("requirements.txt");
    Path python = environment.resolve("bin").resolve("python");
    if (!Files.exists(installed) || Files.mismatch(installed, requirements) >= 0) {
      Result venv = run(List.of("python3", "-m", "venv", "--clear", environment.toString()));
      assumeTrue(venv.exitCode() == 0, "python3 -m venv does not work here: " + venv.err());
      Result pip = run(List.of(python.toString(), "-m", "pip", "install", "-q", "-r", requirements.toString()));
      if (pip.exitCode() != 0) throw new IllegalStateException("pip install failed: " + pip.err());
      Files.copy(requirements, installed);
    }
    return new PythonClient(python);
  }

  Result prompt(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python.toString(), EXAMPLE.resolve("prompt.py").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Result run(List<String> command) throws Exception {
    Path out = Files.createTempFile("python", ".out");
    Path err = Files.createTempFile("python", ".err");
    try {
      Process process = start(command, out, err);
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end: " + Files.readString(err));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static Process start(List<String> command, Path out, Path err) {
    try {
      return new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    } catch (IOException e) {
      assumeTrue(false, command.getFirst() + " is not here: " + e.getMessage());
      throw new IllegalStateException(e);
    }
  }
}
