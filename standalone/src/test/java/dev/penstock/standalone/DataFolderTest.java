package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that stays, and one that does not: nothing temporary outlives its process for longer than until the next.
class DataFolderTest {

  @TempDir Path folder;

  @Test
  void keepsALastingFolder() throws IOException {
    try (DataFolder data = DataFolder.at(folder.resolve("data"))) {
      Files.writeString(data.path().resolve("file"), "x");
    }
    assertThat(folder.resolve("data/file")).exists();
  }

  @Test
  void isOfOneProcess() throws IOException {
    try (DataFolder data = DataFolder.at(folder)) {
      assertThatThrownBy(() -> DataFolder.at(folder))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(data.path().toString());
    }
  }

  @Test
  void removesATemporaryFolderAtItsEnd() throws IOException {
    Path path;
    try (DataFolder data = DataFolder.temporaryIn(folder)) {
      path = data.path();
      Files.createDirectories(data.kafka().resolve("node1"));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void removesTemporaryFoldersOfProcessesThatAreGone() throws IOException {
    Path left = Files.createDirectories(folder.resolve("run-of-a-killed-process/postgresql/data"));
    Files.writeString(left.resolve("postmaster.pid"), "999999999\n");

    try (DataFolder data = DataFolder.temporaryIn(folder)) {
      assertThat(folder.resolve("run-of-a-killed-process")).doesNotExist();
      assertThat(data.path()).exists();
    }
  }

  @Test
  void leavesTemporaryFoldersInUseAlone() throws IOException {
    try (DataFolder first = DataFolder.temporaryIn(folder);
        DataFolder second = DataFolder.temporaryIn(folder)) {
      assertThat(first.path()).exists().isNotEqualTo(second.path());
    }
  }
}
