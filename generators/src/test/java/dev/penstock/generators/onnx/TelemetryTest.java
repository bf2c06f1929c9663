package dev.penstock.generators.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Specified, with a process whose command line would overflow its stack otherwise: ONNX Runtime starts without its
/// telemetry.
final class TelemetryTest {

  /// The process.
  static final class Starter {
    public static void main(String[] arguments) {
      System.out.println("version " + OnnxRuntime.version());
    }
  }

  @Test
  void aLongCommandLineDoesNoHarm() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                "0123456789abcdef ".repeat(3_000))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("version " + OnnxRuntime.version());
  }
}
