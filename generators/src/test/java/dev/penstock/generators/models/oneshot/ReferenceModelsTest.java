package dev.penstock.generators.models.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.generators.models.ImageClassifierSection;
import dev.penstock.generators.models.ModelFamily;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.SuperResolutionSection;
import dev.penstock.generators.samples.Samples;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models that other projects published are added with at most twelve lines of YAML and no Java, and make something.
class ReferenceModelsTest {

  private static final Path SETTINGS = Path.of("src/test/resources/dev/penstock/generators/models/oneshot");

  @TempDir private Path root;

  static ModelFolder added(Path root, String file, String yaml) throws IOException {
    String models = System.getenv("PENSTOCK_REFERENCE_MODELS");
    assumeTrue(models != null, "PENSTOCK_REFERENCE_MODELS is not set");
    Path settings = SETTINGS.resolve(yaml);
    assertThat(Files.readAllLines(settings)).hasSizeLessThanOrEqualTo(12);
    OneShotSettings said = OneShotSettings.read(settings);
    var naming = new OneShotImporter.Naming(said.name().orElseThrow(), said.licence().orElseThrow(), "file:" + file);
    return OneShotImporter.importModel(Path.of(models, file), root.resolve("model"), said, naming, _ -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "mnist-vae-xnought/mnist_vae2d_decoder.onnx, digits.yaml, 2, 0",
    "cvae-quickdraw-ml5/cvae_quickdraw_decoder.onnx, sketches.yaml, 16, 50",
    "vaelight/VAEpreview.onnx, preview.yaml, 1024, 0"
  })
  void draws(String file, String yaml, int latent, int labels) throws IOException {
    ModelFolder folder = added(root, file, yaml);

    OneShotImageSection section = folder.manifest().oneShotImage();
    assertThat(section.latentSize()).isEqualTo(latent);
    assertThat(section.labels()).hasSize(labels);
    assertThat(section.batch()).isNull();
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      List<String> lines = Samples.write(folder, embedder);
      assertThat(lines).singleElement().asString().contains("pictures in contact-sheet.png");
    }
    assertThat(ImageIO.read(folder.path().resolve(Samples.SHEET).toFile()).getWidth()).isGreaterThan(600);
  }

  @ParameterizedTest
  @CsvSource({"esrgan-slim-upscalerjs/esrgan_slim_x2.onnx, 2", "esrgan-slim-upscalerjs/esrgan_slim_x4.onnx, 4"})
  void enlarges(String file, int scale) throws IOException {
    ModelFolder folder = added(root, file, "upscaler.yaml");

    SuperResolutionSection section = folder.manifest().section(SuperResolutionSection.class, ModelFamily.SUPER_RESOLUTION);
    assertThat(section.scale()).isEqualTo(scale);
    assertThat(section.inputRange()).isEqualTo(new OutputRange(0, 1));
    assertThat(section.outputRange()).isEqualTo(new OutputRange(0, 1));
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      assertThat(Samples.write(folder, embedder)).singleElement().asString().startsWith("2 pictures in contact-sheet.png");
    }
  }

  @Test
  void classifies() throws IOException {
    ModelFolder folder = added(root, "nsfwjs-mobilenet-v2/nsfw_mobilenet_v2_224.onnx", "safety.yaml");

    ImageClassifierSection section = folder.manifest().section(ImageClassifierSection.class, ModelFamily.IMAGE_CLASSIFIER);
    assertThat(section.softmax()).isFalse();
    assertThat(section.mean()).containsOnly(0.0);
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      assertThat(Samples.write(folder, embedder)).hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("gives: {\"labels\":[{\"label\":\"Neutral\",\"score\":0.99"));
    }
  }
}
