package dev.penstock.standalone.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One folder, one process; whoever is refused reads who holds it, and in which folder.
class FolderLockTest {

  @TempDir Path folder;

  @Test
  void refusesAFolderThatAnotherProcessHolds() throws Exception {
    Process other = start(HoldsTheFolder.class, folder.toString());
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");

      assertThatThrownBy(() -> FolderLock.on(folder))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "the folder %s is in use by process %d: stop that process, or choose another folder"
                  .formatted(folder, other.pid()));
    } finally {
      other.destroyForcibly().waitFor();
    }
    FolderLock.on(folder).close();
  }

  @Test
  void mayBeTakenAgainAfterItWasGivenBack() throws IOException {
    FolderLock.on(folder).close();
    FolderLock.on(folder).close();
  }

  @Test
  void saysWhyAFolderCannotBeUsed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> FolderLock.on(file.resolve("below")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be used");
  }

  private static Process start(Class<?> main, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// The other process.
  static final class HoldsTheFolder {
    public static void main(String[] arguments) throws Exception {
      FolderLock.on(Path.of(arguments[0]));
      System.out.println("held");
      System.in.read();
    }
  }
}
