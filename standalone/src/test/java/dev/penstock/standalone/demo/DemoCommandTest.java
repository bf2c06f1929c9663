package dev.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.cli.Penstock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a process, with the bundled models: what it prints, what it leaves behind and what it does not.
class DemoCommandTest {

  @TempDir Path folder;

  @Test
  void showsAllContentRecountsTheTopicsAndLeavesOnlyTheGallery() throws Exception {
    Path out = folder.resolve("out");

    Process demo = start("demo", "--short", "--set", "models=tiny-copywriter,fashion-cvae", "--out", out.toString());
    List<String> lines = demo.inputReader().readAllLines();

    assertThat(demo.waitFor()).as(String.join("\n", lines)).isZero();
    assertThat(lines.getLast())
        .isEqualTo(
            "recount of the topics: 24 prompt records, 24 outcomes (24 COMPLETED), 24 contents, 0 in flight, 0 faults");
    assertThat(lines).filteredOn(line -> line.contains(" tiny-copywriter@")).hasSize(16 + 1);
    assertThat(lines).filteredOn(line -> line.contains(" fashion-cvae@")).hasSize(8 + 1);
    assertThat(lines).contains("gallery: " + out.resolve("gallery.html"));
    assertThat(Files.size(out.resolve("gallery.html"))).isPositive();
    for (int row = 17; row <= 24; row++)
      assertThat(ImageIO.read(out.resolve("pictures/%d-0.png".formatted(row)).toFile())).isNotNull();
    assertThat(temporaryRuns()).isEmpty();
  }

  @Test
  void endsInOrderWhenItIsToldToStop() throws Exception {
    Process demo = start("demo", "--short", "--set", "models=tiny-copywriter,fashion-cvae", "--out", folder.toString());
    try (var lines = demo.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("kafka ")) line = lines.readLine();
      assertThat(line).isNotNull();

      new ProcessBuilder("kill", "-TERM", Long.toString(demo.pid())).inheritIO().start().waitFor();

      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(130);
      assertThat(temporaryRuns()).isEmpty();
    } finally {
      demo.destroyForcibly();
    }
  }

  private List<Path> temporaryRuns() throws IOException {
    Path parent = folder.resolve("tmp/penstock-" + System.getProperty("user.name"));
    try (Stream<Path> runs = Files.list(parent)) {
      return runs.toList();
    }
  }

  /// The class path goes in a file, as the launcher does it.
  private Process start(String... arguments) throws IOException {
    Path classPath = folder.resolve("java.args");
    Files.writeString(classPath, "-cp \"" + System.getProperty("java.class.path") + "\"");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
            "@" + classPath,
            Penstock.class.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
