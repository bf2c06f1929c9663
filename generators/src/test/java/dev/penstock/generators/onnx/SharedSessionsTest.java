package dev.penstock.generators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same graph is loaded once however often it is opened, runs until the last that opened it closes it, and is then loaded
/// anew; other bytes are another graph.
class SharedSessionsTest {

  @TempDir private Path folder;

  private Path graph(String name, float added) throws IOException {
    byte[] bytes = new GraphWriter()
        .input("x", GraphWriter.FLOAT32, "n", 2)
        .output("y", GraphWriter.FLOAT32, "n", 2)
        .floats("more", new float[] {added, added}, 2)
        .node("Add", List.of("x", "more"), List.of("y"))
        .bytes();
    return Files.write(folder.resolve(name), bytes);
  }

  private static OnnxSession open(Path file) throws IOException {
    return OnnxSession.openShared(file, Sha256.of(file));
  }

  private static float first(OnnxSession session) {
    return session.run(Map.of("x", OnnxValue.copyOf(new float[] {1, 2}, 1, 2))).get("y").floats().get(0);
  }

  @Test
  void loadsTheSameBytesOnceAndFreesThemWithTheLast() throws IOException {
    int before = SharedSessions.count();
    OnnxSession one = open(graph("one.onnx", 10));
    OnnxSession same = open(graph("copy.onnx", 10));
    OnnxSession other = open(graph("other.onnx", 20));

    assertThat(SharedSessions.count()).isEqualTo(before + 2);
    one.close();
    one.close();
    assertThat(List.of(first(same), first(other))).containsExactly(11f, 21f);
    assertThatThrownBy(() -> first(one)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");

    same.close();
    assertThat(SharedSessions.count()).isEqualTo(before + 1);
    try (OnnxSession again = open(graph("again.onnx", 10))) {
      assertThat(first(again)).isEqualTo(11);
    }
    other.close();
    assertThat(SharedSessions.count()).isEqualTo(before);
  }

  @Test
  void aGraphThatCannotBeLoadedIsNotThere() throws IOException {
    int before = SharedSessions.count();
    Path damaged = Files.writeString(folder.resolve("damaged.onnx"), "no graph");

    assertThatThrownBy(() -> open(damaged)).isInstanceOf(InferenceException.class).hasMessageContaining("damaged.onnx");
    assertThat(SharedSessions.count()).isEqualTo(before);
  }
}
