package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.generators.models.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `penstock models add` makes what other projects published a model that is served, with at most twelve lines of YAML and no
/// Java: generators of pictures, a super-resolution model, a classifier, language models in the layouts of GPT-2 and llama. Each
/// has made samples by then.
class AddedReferenceModelsTest {

  private static final Path SETTINGS = Path.of("../generators/src/test/resources/dev/penstock/generators/models/oneshot");

  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      mnist-vae-xnought/mnist_vae2d_decoder.onnx       | digits.yaml   | one-shot-image   | 16 pictures in contact-sheet.png
      cvae-quickdraw-ml5/cvae_quickdraw_decoder.onnx   | sketches.yaml | one-shot-image   | 48 pictures in contact-sheet.png, by rows: airplane,
      esrgan-slim-upscalerjs/esrgan_slim_x2.onnx       | upscaler.yaml | super-resolution | 2 pictures in contact-sheet.png
      nsfwjs-mobilenet-v2/nsfw_mobilenet_v2_224.onnx   | safety.yaml   | image-classifier | "a drawn mug" gives: {"labels":[{"label":"Neutral",
      ort-genai-tiny/tiny-random-gpt2-fp32             | gpt2.yaml     | language-model   | "Once upon a time" gives no answer: The prompt contains a token that the model was not trained on.
      stories260K                                      | stories.yaml  | language-model   | "Once upon a time" gives:
      """)
  void addsAModelOfAnotherProject(String path, String yaml, String family, String sample) throws IOException {
    String references = System.getenv("PENSTOCK_REFERENCE_MODELS");
    assumeTrue(references != null, "PENSTOCK_REFERENCE_MODELS is not set");
    Path settings = SETTINGS.resolve(yaml);
    assertThat(Files.readAllLines(settings)).hasSizeLessThanOrEqualTo(12);
    List<String> told = new ArrayList<>();

    Integer context = family.equals("language-model") ? 256 : null;
    AddedModel added = AddedModel.of(Path.of(references, path), new AddOptions(settings, null, null, null, context), told::add);
    added.addTo(Map.of("PENSTOCK_CACHE", cache.toString()));

    assertThat(told).as("samples that nobody selected").anyMatch(line -> line.startsWith("  sample         " + sample));
    Path models = cache.resolve("models");
    ModelFolder folder = ModelFolder.open(models.resolve(added.name()));
    assertThat(folder.manifest().family().word()).isEqualTo(family);
    assertThat(folder.manifest().licence()).isEqualTo("MIT");
    try (var left = Files.list(models)) {
      assertThat(left).as("nothing but the model").containsExactly(folder.path());
    }
  }
}
