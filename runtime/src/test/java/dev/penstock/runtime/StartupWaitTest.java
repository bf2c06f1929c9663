package dev.penstock.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Waits for what is not there yet and says so, with the reason; does not wait for what waiting cannot mend.
class StartupWaitTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final StartupWait wait = new StartupWait(new PrintStream(printed, true, UTF_8));

  @Test
  void triesAgainUntilItSucceedsAndNamesTheDeepestReason() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();

    wait.until(
        "registry http://127.0.0.1:1",
        () -> {
          if (tries.incrementAndGet() < 3)
            throw new IllegalStateException("outer", new IOException("connection refused"));
        });

    assertThat(tries).hasValue(3);
    assertThat(printed.toString(UTF_8))
        .isEqualTo("waiting for registry http://127.0.0.1:1: connection refused" + System.lineSeparator());
  }

  @Test
  void saysNothingWhenItIsThereAtOnce() throws InterruptedException {
    wait.until("broker", () -> {});

    assertThat(printed.size()).isZero();
  }

  @Test
  void throwsAtOnceWhatThePersonHasToMend() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                wait.until(
                    "broker",
                    () -> {
                      tries.incrementAndGet();
                      throw new UserError("the topic has 3 partitions");
                    }))
        .isInstanceOf(UserError.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> wait.until("broker", () -> { throw new IOException("away"); }))
        .isInstanceOf(InterruptedException.class);
  }
}
