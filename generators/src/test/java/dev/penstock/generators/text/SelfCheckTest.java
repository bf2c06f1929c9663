package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the check at start-up promises: a model whose answers would depend on their neighbours is refused in one
/// sentence, one that passed is not checked again, and nothing is assumed where nothing can be written down.
class SelfCheckTest {

  private static final LanguageModelSettings SETTINGS = new LanguageModelSettings(16, 256);

  @TempDir Path temporary;
  private final AtomicInteger checks = new AtomicInteger();

  private Optional<String> passes() {
    checks.incrementAndGet();
    return Optional.empty();
  }

  @Test
  void checksAModelOnceForItsRoom() {
    SelfCheck check = new SelfCheck(temporary.resolve("self-checks"));
    check.check("digest", SETTINGS, this::passes);
    check.check("digest", SETTINGS, this::passes);
    assertThat(checks).hasValue(1);

    check.check("another", SETTINGS, this::passes);
    check.check("digest", new LanguageModelSettings(8, 256), this::passes);
    assertThat(checks).hasValue(3);
  }

  @Test
  void refusesAModelThatBreaksThePromiseEveryTime() {
    SelfCheck check = new SelfCheck(temporary);
    for (int i = 0; i < 2; i++)
      assertThatIllegalArgumentException()
          .isThrownBy(() -> check.check("digest", SETTINGS, () -> Optional.of("in a batch of 3 than alone")))
          .withMessage(
              "on this processor it computes other numbers in a batch of 3 than alone, so that answers would depend on"
                  + " what runs beside them; -Dpenstock.reproducible=false in PENSTOCK_JAVA_OPTS loads it all the same");
  }

  @Test
  void loadsItAllTheSameWhereThePromiseIsGivenUp() {
    System.setProperty(SelfCheck.REPRODUCIBLE, "false");
    try {
      new SelfCheck(temporary).check("digest", SETTINGS, this::passes);
    } finally {
      System.clearProperty(SelfCheck.REPRODUCIBLE);
    }
    assertThat(checks).hasValue(0);
  }

  @Test
  void checksEachTimeWhereNothingCanBeWrittenDown() throws IOException {
    SelfCheck check = new SelfCheck(Files.writeString(temporary.resolve("file"), "no folder"));
    check.check("digest", SETTINGS, this::passes);
    check.check("digest", SETTINGS, this::passes);
    assertThat(checks).hasValue(2);
  }
}
