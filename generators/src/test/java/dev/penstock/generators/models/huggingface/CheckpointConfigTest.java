package dev.penstock.generators.models.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.penstock.generators.models.ModelImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A `config.json` that is cut short or damaged gives sizes that can be, or one sentence that names the file.
class CheckpointConfigTest {

  @TempDir
  private Path folder;

  private static byte[] whole() throws IOException {
    try (InputStream json = CheckpointConfig.class.getResourceAsStream("../imports/tiny-llama-scaled/config.json")) {
      return Objects.requireNonNull(json).readAllBytes();
    }
  }

  @Test
  void survivesEveryTruncation() throws IOException {
    byte[] whole = whole();
    for (int length = 0; length < whole.length - 1; length++) {
      read(Arrays.copyOf(whole, length), "cut to " + length + " bytes");
    }
  }

  @Test
  void survivesDamagedBytes() throws IOException {
    byte[] whole = whole();
    long seed = 20261122;
    var random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] = (byte) (32 + random.nextInt(95));
      read(damaged, "seed " + seed + ", byte " + at + " changed to " + (char) damaged[at]);
    }
  }

  private void read(byte[] json, String what) throws IOException {
    Files.write(folder.resolve("config.json"), json);
    try {
      assertThat(CheckpointConfig.read(folder).sizes().layers()).as(what).isPositive();
    } catch (ModelImportException refused) {
      assertThat(refused).as(what).hasMessageStartingWith(folder.resolve("config.json").toString());
    } catch (RuntimeException other) {
      fail(what, other);
    }
  }
}
