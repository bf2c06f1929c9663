package dev.penstock.generators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What starting the runtime promises: it comes up in a process with a command line of any length, reports to nobody,
/// and has the number of threads that was asked for.
class OnnxRuntimeTest {

  @Test
  void startsUnderALongCommandLineAndReportsToNobody(@TempDir Path home) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dpadding=" + "x".repeat(20_000),
                "-cp",
                System.getProperty("java.class.path"),
                Started.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.environment().keySet().removeAll(List.of("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(home).as("the folder where the telemetry keeps its identity").isEmptyDirectory();
  }

  @Test
  void refusesANumberOfThreadsThatIsNone() {
    for (String wrong : List.of("0", "-1", "many", "1025", "")) {
      System.setProperty(OnnxRuntime.INTRA_THREADS, wrong);
      try {
        assertThatIllegalArgumentException()
            .isThrownBy(OnnxRuntime::intraThreads)
            .withMessage("penstock.intraThreads must be a number from 1 to 1024, is '" + wrong + "'");
      } finally {
        System.clearProperty(OnnxRuntime.INTRA_THREADS);
      }
    }
  }

  /// Starts the runtime.
  static final class Started {
    public static void main(String[] arguments) {
      System.out.println(OnnxRuntime.version());
    }
  }
}
