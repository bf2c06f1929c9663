package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Specified: latent vectors of several seeds add up by weight and keep their distribution; a picture may lie between
/// two classes.
class LatentArithmeticTest {

  private static final int SIZE = 20_000;

  @TempDir static Path folder;
  private static MiniLmEmbedder embedder;
  private static ModelFolder model;
  private static OneShotImageGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    embedder = MiniLmEmbedder.open();
    model = ImageModels.write(folder);
    generator = OneShotImageGenerator.open(model, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static PreparedImage prepared(long seed, Map<String, String> parameters) throws Exception {
    Map<String, Object> values = new HashMap<>(model.manifest().parameters().validate(parameters));
    return generator.prepare(
        new GenerationRequest("id", "tenant", new Input.Text("bag"), values, seed, 0, 1, Priority.NORMAL, null));
  }

  @Test
  void isThePictureOfASeedWhereThatStandsAlone() throws Exception {
    PreparedImage own = prepared(7, Map.of("class", "bag"));
    assertThat(prepared(1, Map.of("class", "bag", "latentFrom", "7:1")).latent()).isEqualTo(own.latent());
    assertThat(prepared(1, Map.of("class", "bag", "latentFrom", "7:3, 8:0")).latent()).isEqualTo(own.latent());
  }

  @Test
  void keepsNormalLatentsNormalAndUniformOnesInTheirRange() throws Exception {
    LatentMix mix = LatentMix.parse("1:1, 2:-1, 3:0.5");
    float[] normal = mix.draw(SIZE, LatentDistribution.NORMAL, 1);
    double squares = 0;
    for (float value : normal) squares += value * value;
    assertThat(squares / SIZE).isCloseTo(1, within(0.05));
    for (float value : mix.draw(SIZE, LatentDistribution.UNIFORM, 1)) assertThat(value).isBetween(-1f, 1f);
  }

  @Test
  void liesBetweenTwoClasses() throws Exception {
    List<float[]> labels = prepared(1, Map.of("class", "bag", "interpolateTo", "dress", "amount", "0.25")).labels();
    assertThat(labels.getFirst()).containsExactly(0, 0.75f, 0.25f);
    assertThat(prepared(1, Map.of("class", "bag", "interpolateTo", "dress")).labels().getFirst()).containsExactly(0, 0.5f, 0.5f);
    assertThat(prepared(1, Map.of("class", "bag", "interpolateTo", "bag")).labels().getFirst()).containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "7:", "seven:1", "7:1;8:1", "-7:1", "7:1e9", "7:0", "99999999999999999999:1", ","})
  void rejectsWhatAreNoSeedsWithWeights(String from) {
    assertThatThrownBy(() -> prepared(1, Map.of("class", "bag", "latentFrom", from)))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("The parameter latentFrom")
        .hasMessageEndingWith("such as 7:0.5, 8:0.5.");
  }

  @Test
  void rejectsAnAmountOfNothing() {
    assertThatThrownBy(() -> prepared(1, Map.of("class", "bag", "amount", "0.5")))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("amount needs interpolateTo");
  }
}
