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
import java.util.Map;
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
    AddedModel.of(model, new AddOptions(settings, null, null, null, null), told::add).addTo(environment());
  }

  /// The user's cache is `root`.
  private Map<String, String> environment() {
    return Map.of("PENSTOCK_CACHE", root.toString(), "PENSTOCK_HOME", System.getenv("PENSTOCK_HOME"));
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

    AddedModel.of(made, AddOptions.NONE, told::add).addTo(environment());

    assertThat(told).startsWith("made is a model folder of Penstock (model.yaml); it will be added as fashion-cvae", "  family         one-shot-image");
    assertThat(ModelFolder.open(root.resolve("models/fashion-cvae")).digest()).isEqualTo(bundled.digest());
    assertThat(root.resolve("models/fashion-cvae/contact-sheet.png")).isNotEmptyFile();
    assertThat(root.resolve("models/fashion-cvae/work")).doesNotExist();
  }

  @Test
  void copiesAFilmModelAndFindsThePictureModelThatItIsMadeOf() throws IOException {
    AddedModel.of(film("fashion-cvae"), AddOptions.NONE, told::add).addTo(environment());

    assertThat(told).contains("  family         video", "  files          none of its own").anyMatch(line -> line.startsWith("  sample         ") && line.endsWith("is in sample-0.webm"));
    assertThat(root.resolve("models/clothes-film/sample-0.webm")).isNotEmptyFile();
  }

  @Test
  void refusesAFilmModelWhosePictureModelIsNowhere() throws IOException {
    Path film = film("fashion-cave");

    assertThatThrownBy(() -> AddedModel.of(film, AddOptions.NONE, told::add).addTo(environment()))
        .isInstanceOf(ModelException.class).hasMessageStartingWith("Model clothes-film is made of fashion-cave: Model fashion-cave is in none of");
    assertThat(left()).isEmpty();
  }

  private Path film(String pictures) throws IOException {
    Path film = Files.createDirectories(root.resolve("film"));
    Files.writeString(film.resolve("model.yaml"), """
        name: clothes-film
        version: "1.0.0"
        family: video
        modality: video
        licence: Apache-2.0
        source: test
        description: A film of clothes.
        files: {}
        parameters:
          frames: {type: integer, minimum: 2, maximum: 4, default: 2}
          format: {type: string, choices: [webm], default: webm}
        video:
          imageModel: %s
        measured: {}
        """.formatted(pictures));
    return film;
  }

  @Test
  void refusesOptionsThatWouldHaveNoEffect() {
    assertRefused(DECODER.getParent(), new AddOptions(null, "another", null, null, null),
        "is a model folder of Penstock (model.yaml), which is copied as it is; --name cannot be given.");
    assertRefused(DECODER.getParent(), new AddOptions(null, null, null, "float32", 64),
        "is a model folder of Penstock (model.yaml), which is copied as it is; --form and --context cannot be given.");
    assertRefused(DECODER, new AddOptions(null, null, null, "reproducible", null),
        "is a graph of ONNX that does its work in one run (a file .onnx) and no language model; --form cannot be given.");
  }

  private void assertRefused(Path path, AddOptions options, String sentence) {
    assertThatThrownBy(() -> AddedModel.of(path, options, told::add)).isInstanceOf(UserError.class).hasMessage(path + " " + sentence);
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
