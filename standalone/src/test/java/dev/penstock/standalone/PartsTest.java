package dev.penstock.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Parts may be stopped at any time of their start: what has started is closed once, the last first, and nothing
/// starts afterwards.
class PartsTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Parts parts = new Parts(new PrintStream(printed, true, UTF_8));
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

  @Test
  void saysWhatIsReadyAndHowLongItTook() throws Exception {
    parts.start("kafka", () -> part("kafka"), part -> "kafka 127.0.0.1:9092");

    assertThat(printed.toString(UTF_8)).matches("kafka 127\\.0\\.0\\.1:9092 ready in \\d+\\.\\d s\\R");
  }

  @Test
  void closesWhatStartedBeforeAFailure() throws Exception {
    parts.start("kafka", () -> part("kafka"), part -> "kafka");
    parts.start("registry", () -> part("registry"), part -> "registry");
    assertThatThrownBy(() -> parts.start("sink", PartsTest::fails, part -> "sink")).hasMessage("on purpose");

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("registry", "kafka");
  }

  private static AutoCloseable fails() throws IOException {
    throw new IOException("on purpose");
  }

  @Test
  void aStopWaitsForWhatIsStartingAndLetsNothingStartAfterwards() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch mayStart = new CountDownLatch(1);
    Thread starter = Thread.ofPlatform().start(() -> startSlowly(starting, mayStart));
    assertThat(starting.await(5, TimeUnit.SECONDS)).isTrue();

    Thread stopper = Thread.ofPlatform().start(parts::close);
    assertThat(stopper.join(Duration.ofMillis(50))).isFalse();
    mayStart.countDown();
    stopper.join();
    starter.join();

    assertThat(closed).containsExactly("kafka");
    assertThatThrownBy(() -> parts.start("sink", () -> part("sink"), part -> "sink")).isInstanceOf(UserError.class);
    assertThat(closed).containsExactly("kafka");
  }

  @Test
  void aStopDoesNotWaitForAPartToBecomeReady() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    Thread stopper = Thread.ofPlatform().start(() -> closeAfter(looked));

    assertThatThrownBy(
            () ->
                parts.start(
                    "stream",
                    () -> part("stream"),
                    part -> {
                      looked.countDown();
                      return false;
                    },
                    part -> "stream"))
        .isInstanceOf(UserError.class);
    stopper.join();

    assertThat(closed).containsExactly("stream");
    assertThat(printed.size()).isZero();
  }

  private void closeAfter(CountDownLatch looked) {
    try {
      looked.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    parts.close();
  }

  private void startSlowly(CountDownLatch starting, CountDownLatch mayStart) {
    try {
      parts.start(
          "kafka",
          () -> {
            starting.countDown();
            mayStart.await();
            return part("kafka");
          },
          part -> "kafka");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }
}
