package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `penstock models add` says what it found out and what it will do, then does it, and shows samples; a model that cannot be
/// used is not there afterwards.
class AddedModelTest {

  private static final Path DECODER = Path.of("../models/fashion-cvae/decoder.onnx");

  @TempDir private Path root;
  private final List<String> told = new ArrayList<>();

  private void add(Path model, String... yaml) throws IOException {
    Path settings = Files.writeString(root.resolve("settings.yaml"), String.join("\n", yaml));
    AddedModel.of(model, settings, null, null, "reproducible", 128, told::add).addTo(root.resolve("models"));
  }

  private List<Path> left() throws IOException {
    if (!Files.exists(root.resolve("models"))) return List.of();
    try (Stream<Path> files = Files.list(root.resolve("models"))) {
      return files.toList();
    }
  }

  @Test
  void addsADecoderAndMakesASheet() throws IOException {
    add(DECODER, "name: clothes", "licence: Apache-2.0", "labels: [t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, boot]");

    assertThat(told).startsWith(
        "decoder.onnx is a graph of ONNX that does its work in one run (a file .onnx); it will be added as clothes",
        "  family         one-shot-image",
        "  latent         latent [16], normal",
        "  classes        10, in the input label as one of 10 (one-hot)");
    assertThat(told).contains("  batch          any", "clothes is in " + root.resolve("models/clothes"));
    assertThat(told).anyMatch(line -> line.startsWith("  sample         16 pictures in contact-sheet.png, by rows: t-shirt, trouser"));
    assertThat(root.resolve("models/clothes/contact-sheet.png")).isNotEmptyFile();
    assertThat(ModelFolder.open(root.resolve("models/clothes")).manifest().licence()).isEqualTo("Apache-2.0");
    assertThatThrownBy(() -> add(DECODER, "name: clothes")).isInstanceOf(ModelException.class).hasMessageContaining("exists already");
  }

  @Test
  void copiesAModelFolderWithTheFilesThatItsManifestListsAlone() throws IOException {
    Path made = root.resolve("made");
    ModelFolder bundled = ModelFolder.open(DECODER.getParent());
    bundled.copyTo(made);
    Files.createDirectories(made.resolve("work"));

    AddedModel.of(made, null, null, null, "reproducible", 128, told::add).addTo(root.resolve("models"));

    assertThat(told).startsWith("made is a model folder of Penstock (model.yaml); it will be added as fashion-cvae", "  family         one-shot-image");
    assertThat(ModelFolder.open(root.resolve("models/fashion-cvae")).digest()).isEqualTo(bundled.digest());
    assertThat(root.resolve("models/fashion-cvae/contact-sheet.png")).isNotEmptyFile();
    assertThat(root.resolve("models/fashion-cvae/work")).doesNotExist();
    assertThatThrownBy(() -> AddedModel.of(made, null, "another", null, "reproducible", 128, told::add))
        .isInstanceOf(UserError.class).hasMessageContaining("says its name and licence itself");
  }

  @Test
  void leavesNothingOfAModelThatCannotBeUsed() throws IOException {
    Path damaged = Files.write(root.resolve("damaged.onnx"), java.util.Arrays.copyOf(Files.readAllBytes(DECODER), 3_000));

    assertThatThrownBy(() -> add(damaged, "name: damaged")).isInstanceOf(ModelException.class).hasMessageContaining("is not readable as ONNX");
    assertThatThrownBy(() -> add(DECODER, "name: Wrong Name")).isInstanceOf(UserError.class).hasMessageContaining("'Wrong Name' cannot be used");
    assertThatThrownBy(() -> add(DECODER, "name: few", "labels: [bag]")).isInstanceOf(ModelException.class).hasMessageContaining("takes one of 10 classes");
    assertThat(left()).isEmpty();
  }
}
