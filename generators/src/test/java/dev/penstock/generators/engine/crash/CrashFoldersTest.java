package dev.penstock.generators.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Crash logs are looked for where the JVM writes them, whatever folder the recorders lie in.
class CrashFoldersTest {

  @Test
  void areInTheFolderOfTheErrorFile() {
    assertThat(CrashFolders.crashLogs("/var/crashes/hs_err_pid%p.log")).isEqualTo(Path.of("/var/crashes"));
  }

  @Test
  void areInTheWorkingDirectoryUnlessItIsSet() {
    assertThat(CrashFolders.crashLogs("")).isEqualTo(Path.of("").toAbsolutePath());
    assertThat(CrashFolders.crashLogs("hs_err_pid%p.log")).isEqualTo(Path.of("").toAbsolutePath());
  }

  @Test
  void areAskedOfTheJvmItself() {
    CrashFolders folders = CrashFolders.ofThisJvm(Path.of("recorders"));
    assertThat(folders.recorders()).isEqualTo(Path.of("recorders"));
    assertThat(folders.crashLogs()).isAbsolute();
  }
}
