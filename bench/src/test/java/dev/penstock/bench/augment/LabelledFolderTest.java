package dev.penstock.bench.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.bench.augment.LabelledFolder.Entry;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A labelled set that was cut off goes on where it stood: what has a line is whole, and what has none is made again.
final class LabelledFolderTest {

  @TempDir Path folder;

  private static Entry entry(String label, long seed) {
    return new Entry("%s/%d.png".formatted(label, seed), label, seed, "fashion-cvae", "1.0.0", "digest", "prompt-" + seed);
  }

  @Test
  void knowsWhatAnEarlierRunWrote() throws IOException {
    LabelledFolder first = LabelledFolder.open(folder);
    first.add(entry("sneaker", 1), new byte[] {1});
    first.add(entry("sneaker", -7), new byte[] {2});
    first.add(entry("bag", 1), new byte[] {3});
    Files.write(folder.resolve("sneaker/2.png"), new byte[] {9});

    LabelledFolder second = LabelledFolder.open(folder);

    assertThat(second.entries()).isEqualTo(first.entries());
    assertThat(second.seeds("sneaker")).as("a picture without a line does not count").containsExactlyInAnyOrder(1L, -7L);
    assertThat(second.picture(entry("bag", 1))).containsExactly(3);
  }

  @Test
  void refusesAFolderWithAnotherTable() throws IOException {
    Files.writeString(folder.resolve("labels.csv"), "picture,class\n");
    assertThatThrownBy(() -> LabelledFolder.open(folder)).isInstanceOf(UserError.class).hasMessageContaining("does not begin with the line file,label");
  }
}
