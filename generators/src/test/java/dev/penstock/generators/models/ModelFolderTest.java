package dev.penstock.generators.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opening a model folder verifies every byte of it; a folder that is not what its manifest says is refused with one
/// sentence.
class ModelFolderTest {

  @TempDir
  private Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    ModelFolders.write(folder, ModelFolders.languageModel("a-model", "1.0.0"));
  }

  @Test
  void verifiesEveryFileAndDigestsTheWhole() throws IOException {
    var opened = ModelFolder.open(folder);

    String lines = Sha256.of("{{ x }}") + " chat_template.jinja\n" + Sha256.of("graph bytes") + " model.onnx\n"
        + Sha256.of("{}") + " tokenizer.json\n" + Sha256.of(folder.resolve("model.yaml")) + " model.yaml\n";
    assertThat(opened.digest()).isEqualTo(Sha256.of(lines));
    assertThat(opened.digests()).containsOnlyKeys("chat_template.jinja", "model.onnx", "tokenizer.json");
    assertThat(opened.file("model.onnx")).hasContent("graph bytes");
  }

  @Test
  void changesItsDigestWithAnyByteOfTheManifest() throws IOException {
    String before = ModelFolder.open(folder).digest();
    Files.writeString(folder.resolve("model.yaml"),
        Files.readString(folder.resolve("model.yaml")) + "# a remark\n");

    assertThat(ModelFolder.open(folder).digest()).isNotEqualTo(before);
  }

  @Test
  void namesTheFileThatIsCorrupt() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "graph bytez");

    assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOf(InvalidModelException.class)
        .hasMessage(folder.resolve("model.onnx") + " is not the file that model.yaml lists: its sha256 is "
            + Sha256.of("graph bytez") + " (11 bytes), expected is " + Sha256.of("graph bytes") + ".");
  }

  @Test
  void leavesLargeFilesUnreadWhereSomethingWasMadeOfThem() throws IOException {
    byte[] large = new byte[(int) ModelFolder.LARGE_BYTES];
    Files.write(folder.resolve("model.onnx"), large);
    Path manifest = folder.resolve("model.yaml");
    Files.writeString(manifest, Files.readString(manifest).replace(
        Sha256.of("graph bytes"), Sha256.of(folder.resolve("model.onnx"))));
    String digest = ModelFolder.open(folder).digest();
    large[1] = 1;
    Files.write(folder.resolve("model.onnx"), large);

    var opened = ModelFolder.open(folder, (file, model, found) -> found.equals(digest));

    assertThat(opened.digest()).isEqualTo(digest);
    assertThat(opened.unread()).containsExactly("model.onnx");
    assertThatThrownBy(opened::verifyUnread).isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.onnx is not the file that model.yaml lists");
    assertThatThrownBy(() -> ModelFolder.open(folder, (file, model, found) -> false))
        .isInstanceOf(InvalidModelException.class);
  }

  @Test
  void readsSmallFilesInAnyCase() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "[]");

    assertThatThrownBy(() -> ModelFolder.open(folder, (file, model, digest) -> true))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("tokenizer.json is not the file");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));

    assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOf(InvalidModelException.class)
        .hasMessage(folder.resolve("tokenizer.json") + " is missing; model.yaml lists it.");
  }

  @Test
  void refusesAnAbsurdlyLargeFileWithoutReadingIt() throws IOException {
    try (var sparse = new RandomAccessFile(folder.resolve("model.onnx").toFile(), "rw")) {
      sparse.setLength((64L << 30) + 1);
    }

    assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.onnx has 68719476737 bytes; at most 68719476736 are allowed.");
  }

  @Test
  void refusesAPathThatIsNoFolder() {
    assertThatThrownBy(() -> ModelFolder.open(folder.resolve("model.onnx")))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("is not a folder");
  }

  @Test
  void handsOutListedFilesOnly() {
    assertThatThrownBy(() -> ModelFolder.open(folder).file("model.yaml"))
        .hasMessage("Model a-model has no file model.yaml; it lists chat_template.jinja, model.onnx, tokenizer.json.");
  }
}
