package dev.penstock.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parts are closed once, last started first, whatever one of them throws; TERM and INT do the same and end the
/// process.
@Timeout(60)
class OrderlyStopTest {

  private final OrderlyStop stop = new OrderlyStop();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesTheLastStartedPartFirst() {
    for (String name : List.of("broker", "registry", "service")) stop.add(name, () -> closed.add(name));

    stop.stop();
    stop.stop();

    assertThat(closed).containsExactly("service", "registry", "broker");
  }

  @Test
  void goesOnWhenAPartFails() {
    stop.add("broker", () -> closed.add("broker"));
    stop.add("registry", OrderlyStopTest::failWithAnError);
    stop.add("service", OrderlyStopTest::failWithAnException);

    stop.stop();

    assertThat(closed).containsExactly("broker");
  }

  private static void failWithAnError() {
    throw new NoClassDefFoundError("on purpose");
  }

  private static void failWithAnException() throws Exception {
    throw new java.io.IOException("on purpose");
  }

  @Test
  void closesAPartThatIsAddedTooLate() {
    stop.stop();

    assertThatThrownBy(() -> stop.add("late", () -> closed.add("late"))).isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("late");
  }

  @Test
  void letsASecondCallerWaitUntilEverythingIsClosed() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    stop.add(
        "slow",
        () -> {
          closing.countDown();
          mayEnd.await();
          closed.add("slow");
        });
    Thread first = Thread.ofPlatform().start(stop::stop);
    assertThat(closing.await(5, TimeUnit.SECONDS)).isTrue();
    Thread second = Thread.ofPlatform().start(stop::stop);

    assertThat(second.join(java.time.Duration.ofMillis(50))).isFalse();
    mayEnd.countDown();
    second.join();

    assertThat(closed).containsExactly("slow");
    first.join();
  }

  @ParameterizedTest
  @CsvSource({"TERM,0", "INT,0", "INT,130"})
  void aSignalClosesThePartsInOrderAndEndsTheProcessWithItsExitCode(String signal, int exitCode) throws Exception {
    assumeFalse(signal.equals("INT") && interruptIsIgnored(), "this shell's jobs ignore INT, and so do Java's children");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RunsUntilASignal.class.getName(),
                Integer.toString(exitCode))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("running");

      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();

      assertThat(out.readAllLines()).containsExactly("service closed", "broker closed");
      assertThat(process.waitFor()).isEqualTo(exitCode);
    } finally {
      process.destroyForcibly();
    }
  }

  /// A shell starts its background jobs so, and the JVM leaves it at that.
  private static boolean interruptIsIgnored() throws java.io.IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) return false;
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << (2 - 1)) != 0);
  }

  /// The other process.
  static final class RunsUntilASignal {
    public static void main(String[] arguments) {
      OrderlyStop stop = new OrderlyStop();
      stop.handleSignals(Integer.parseInt(arguments[0]));
      stop.add("broker", () -> System.out.println("broker closed"));
      stop.add("service", () -> System.out.println("service closed"));
      System.out.println("running");
      stop.await();
      System.exit(3);
    }
  }
}
