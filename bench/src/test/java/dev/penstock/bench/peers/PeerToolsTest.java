package dev.penstock.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.bench.peers.PeerTools.PeerMissing;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that is not there, or does not do what it is asked for, gives one sentence; one that does, its last line.
class PeerToolsTest {

  @TempDir
  private Path folder;

  @Test
  void saysWhichProgramIsNotThereAndWhatIsNeeded() {
    assertThatExceptionOfType(PeerMissing.class)
        .isThrownBy(() -> new PeerTools(folder).run(folder, "no-such-program"))
        .withMessageStartingWith("no-such-program cannot be started")
        .withMessageEndingWith("Node.js from version 20 on with npm, and python3 with venv, are needed");
  }

  @Test
  void saysWhyAProgramFailed() {
    assertThatExceptionOfType(PeerMissing.class)
        .isThrownBy(() -> new PeerTools(folder).run(folder, "sh", "-c", "echo begun; echo the reason >&2; exit 3"))
        .withMessage("sh failed: the reason");
  }

  @Test
  void returnsTheLastLine() throws Exception {
    String last = new PeerTools(folder).run(folder, "sh", "-c", "echo noise; echo '{\"answers\": []}'");

    assertThat(last).isEqualTo("{\"answers\": []}");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesThePinnedVersions() throws Exception {
    assertThat(PeerTools.versions("transformers.js", "package.json")).contains("@huggingface/transformers:4.3.1");
    assertThat(PeerTools.versions("onnxruntime-genai", "requirements.txt"))
        .startsWith("onnxruntime-genai==0.18.0, ").doesNotContain("#");
  }
}
