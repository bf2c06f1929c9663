package dev.penstock.generators.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models are searched in explicit folders, then the bundled ones, then the user's cache; the first place that has
/// the model wins, and within a place the highest version.
class ModelRepositoryTest {

  @TempDir
  private Path root;

  private ModelRepository repository() {
    return ModelRepository.of(List.of(root.resolve("explicit")),
        Map.of("PENSTOCK_HOME", root.resolve("home").toString(),
            "PENSTOCK_CACHE", root.resolve("cache").toString()));
  }

  private Path put(String folder, String name, String version) throws IOException {
    return ModelFolders.write(root.resolve(folder), ModelFolders.languageModel(name, version));
  }

  @Test
  void looksInExplicitFoldersThenBundledThenCache() throws IOException {
    Path cached = put("cache/models/writer", "writer", "3.0.0");
    assertThat(repository().find("writer").path()).isEqualTo(cached);
    Path bundled = put("home/models/writer", "writer", "2.0.0");
    assertThat(repository().find("writer").path()).isEqualTo(bundled);
    Path explicit = put("explicit/writer", "writer", "1.0.0");
    assertThat(repository().find("writer").path()).isEqualTo(explicit);
    assertThat(repository().find("writer", "3.0.0").path()).isEqualTo(cached);
    assertThat(repository().newest("writer").path()).as("the highest version wherever it lies").isEqualTo(cached);
  }

  @Test
  void takesTheHighestVersionOfOnePlace() throws IOException {
    put("explicit/writer-9", "writer", "1.9.0");
    put("explicit/writer-10rc", "writer", "1.10.0-rc.1");
    assertThat(repository().find("writer").manifest().version()).isEqualTo("1.10.0-rc.1");
    put("explicit/writer-10", "writer", "1.10.0");
    assertThat(repository().find("writer").manifest().version()).isEqualTo("1.10.0");
  }

  @Test
  void takesAModelFolderItselfAsAPlace() throws IOException {
    Path folder = put("somewhere", "writer", "1.0.0");

    assertThat(new ModelRepository(List.of(folder)).find("writer").path()).isEqualTo(folder);
  }

  @Test
  void saysWhereItLookedAndWhatIsThere() throws IOException {
    put("explicit/writer", "writer", "1.0.0");

    assertThatThrownBy(() -> repository().find("writer", "2.0.0")).isInstanceOf(ModelNotFoundException.class)
        .hasMessage("Model writer 2.0.0 is in none of " + root.resolve("explicit") + ", "
            + root.resolve("home/models") + ", " + root.resolve("cache/models")
            + "; there are writer 1.0.0.");
  }

  @Test
  void saysWhatIsWrongWithTheModelAskedForAndPassesOverOthers() throws IOException {
    Path broken = put("explicit/broken", "broken", "1.0.0");
    Files.writeString(broken.resolve("model.yaml"), "name: 7\n");
    put("explicit/writer", "writer", "1.0.0");

    assertThat(repository().find("writer").manifest().name()).isEqualTo("writer");
    assertThatThrownBy(() -> repository().find("broken")).isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("explicit/broken/model.yaml: family is missing");
  }

  @Test
  void listsEveryFolderWithItsManifestOrItsProblem() throws IOException {
    Path broken = put("explicit/broken", "broken", "1.0.0");
    Files.writeString(broken.resolve("model.yaml"), "name: 7\n");
    Path writer = put("home/models/writer", "writer", "1.0.0");
    put("home/models/.importing-writer", "writer", "1.0.0");

    assertThat(repository().list()).satisfiesExactly(
        first -> assertThat(first).isInstanceOfSatisfying(ModelListing.Unreadable.class,
            unreadable -> assertThat(unreadable.problem()).contains("family is missing")),
        second -> assertThat(second).isEqualTo(
            new ModelListing.Readable(writer, ModelFolders.languageModel("writer", "1.0.0"))));
  }

  @Test
  void keepsTheCacheInTheHomeFolderUnlessToldOtherwise() {
    assertThat(ModelRepository.userCache(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "penstock", "models"));
  }
}
