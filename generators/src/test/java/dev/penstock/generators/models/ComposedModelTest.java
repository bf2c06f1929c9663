package dev.penstock.generators.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified: a model that is made of other models is found with them, and its digest says which they were.
class ComposedModelTest {

  @TempDir private Path place;
  private ModelRepository repository;

  @BeforeEach
  void twoPlaces() {
    repository = new ModelRepository(List.of(place));
  }

  private void film(String name, String imageModel, String more) throws IOException {
    Files.createDirectories(place.resolve(name));
    Files.writeString(
        place.resolve(name).resolve(ModelManifest.FILE_NAME),
        """
        name: %s
        version: "1.0.0"
        family: video
        modality: video
        licence: Apache-2.0
        source: test
        description: "For tests."
        files: {}
        video:
          imageModel: %s
          imageParameters: {size: 64, truncation: 0.5}
        %s
        """.formatted(name, imageModel, more));
  }

  private void part(String name, String weights) throws IOException {
    Path folder = Files.createDirectories(place.resolve(name));
    Files.writeString(folder.resolve("model.onnx"), weights);
    Files.writeString(
        folder.resolve(ModelManifest.FILE_NAME),
        """
        name: %s
        version: "1.0.0"
        family: one-shot-image
        modality: image
        licence: Apache-2.0
        source: test
        description: "For tests."
        files: {model.onnx: %s}
        oneShotImage: {graph: model.onnx, latentSize: 4, latentDistribution: normal, latentInput: z, imageOutput: x, outputRange: [0, 1], layout: NCHW}
        """.formatted(name, Sha256.of(folder.resolve("model.onnx"))));
  }

  @Test
  void isFoundWithItsParts() throws Exception {
    part("pictures", "weights");
    film("film", "pictures", "");
    ModelFolder film = repository.find("film");
    assertThat(film.part("pictures").digest()).isEqualTo(repository.find("pictures").digest());
    assertThat(film.manifest().video().imageParameters()).isEqualTo(Map.of("size", "64", "truncation", "0.5"));
    assertThat(film.manifest().toYaml()).contains("imageModel: pictures");
  }

  @Test
  void hasAnotherDigestWithAnotherPart() throws Exception {
    part("pictures", "weights");
    film("film", "pictures", "");
    String digest = repository.find("film").digest();
    assertThat(repository.find("film").digest()).isEqualTo(digest);
    part("pictures", "other weights");
    assertThat(repository.find("film").digest()).isNotEqualTo(digest);
  }

  @Test
  void doesWithoutAVoiceThatIsNotThere() throws Exception {
    part("pictures", "weights");
    film("film", "pictures", "  voice: nobody");
    assertThat(repository.find("film").parts()).containsOnlyKeys("pictures");
  }

  @Test
  void saysWhichPartIsMissing() throws Exception {
    film("film", "pictures", "");
    assertThatThrownBy(() -> repository.find("film"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith("Model film is made of pictures: Model pictures is in none of " + place);
    assertThatThrownBy(() -> ModelFolder.open(place.resolve("film")).part("pictures"))
        .hasMessage("Model film needs the model pictures, which is not at hand; open it by name from where both are.");
  }

  @Test
  void isNotMadeOfWhatIsItselfMadeOfOthers() throws Exception {
    film("film", "film", "");
    assertThatThrownBy(() -> repository.find("film"))
        .hasMessage("Model film is made of film, which is itself made of other models; one that is not is needed.");
  }

  @Test
  void isWrittenAsItIsRead() throws Exception {
    film("film", "pictures", "  voice: nobody");
    ModelManifest read = ModelManifest.read(place.resolve("film").resolve(ModelManifest.FILE_NAME));
    Files.writeString(place.resolve("again.yaml"), read.toYaml());
    assertThat(ModelManifest.read(place.resolve("again.yaml"))).isEqualTo(read);
  }
}
