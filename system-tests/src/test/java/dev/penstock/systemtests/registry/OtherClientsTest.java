package dev.penstock.systemtests.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import dev.penstock.systemtests.rig.PythonEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Confluent's clients for Python and JavaScript find in our registry what they ask of theirs: they register, look up, set
/// levels and are refused by them, read what Java wrote and write what Java reads.
class OtherClientsTest {

  private static final Path SCRIPTS = Path.of("src", "test", "resources", "interop").toAbsolutePath();
  private static final Path PYTHON = Path.of(System.getenv("PENSTOCK_HOME"), "examples", "python", "requirements.txt");

  @TempDir Path folder;

  EmbeddedKafka kafka;
  EmbeddedRegistry registry;

  @BeforeEach
  void open() throws IOException {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
  }

  @AfterEach
  void close() throws IOException {
    registry.close();
    kafka.close();
  }

  @Test
  void python() throws IOException {
    PythonEnvironment python = PythonEnvironment.with(PYTHON);
    Prompts prompts = new Prompts(registry.url());

    PythonEnvironment.Result result =
        python.run(SCRIPTS.resolve("registry.py").toString(), registry.url(), prompts.written("from-java"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(prompts.promptIdIn(result.output().strip())).isEqualTo("from-python");
  }

  @Test
  void javaScript() throws Exception {
    Path modules = installed();
    Prompts prompts = new Prompts(registry.url());

    String output = run(modules, "node", "registry.mjs", registry.url(), prompts.written("from-java"));

    assertThat(prompts.promptIdIn(output.strip())).isEqualTo("from-javascript");
  }

  /// The client and the script beside it, kept for the next run. Skips the test where there is no npm.
  private static Path installed() throws Exception {
    assumeThat(Path.of("/bin/sh")).exists();
    assumeThat(new ProcessBuilder("sh", "-c", "command -v node && command -v npm").start().waitFor())
        .as("node and npm are there")
        .isZero();
    Path modules = Files.createDirectories(Path.of("target", "js-client").toAbsolutePath());
    for (String file : List.of("package.json", "registry.mjs"))
      Files.write(modules.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
    if (!Files.isDirectory(modules.resolve("node_modules/@confluentinc")))
      run(modules, "npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock");
    return modules;
  }

  private static String run(Path folder, String... command) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(() -> read(errors)).isZero();
    return output;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
