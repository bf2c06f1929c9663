package dev.penstock.generators.image.diffusion;

import static dev.penstock.generators.image.diffusion.DiffusersFolders.copy;
import static dev.penstock.generators.image.diffusion.DiffusersFolders.finished;
import static dev.penstock.generators.image.diffusion.DiffusersFolders.floats;
import static dev.penstock.generators.image.diffusion.DiffusersFolders.isClose;
import static dev.penstock.generators.image.diffusion.DiffusersFolders.isEmpty;
import static dev.penstock.generators.image.diffusion.DiffusersFolders.reference;
import static dev.penstock.generators.image.diffusion.DiffusersFolders.scheduler;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.diffusers.DiffusersImporter;
import dev.penstock.generators.models.oneshot.Added;
import dev.penstock.generators.models.oneshot.OneShotImporter.Naming;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: an imported folder of diffusers goes from noise to picture as diffusers itself does, with the same tokens, the same
/// guidance and, in a latent space, the same decoder, to 1e-4; what a folder has that is not known is refused by name, and
/// nothing stays. Reference and program: `src/test/python/diffusers-fixtures`.
class DiffusersTrajectoriesTest {

  @TempDir static Path models;
  @TempDir private Path root;
  private static MiniLmEmbedder embedder;
  private static DiffusionGenerator latent;
  private static DiffusionGenerator pixels;
  private static final List<Added> TOLD = new ArrayList<>();

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    latent = DiffusionGenerator.open(imported(DiffusersFolders.ALL.resolve("tiny-latent"), models.resolve("latent")), embedder);
    pixels = DiffusionGenerator.open(imported(DiffusersFolders.ALL.resolve("tiny-pixels"), models.resolve("pixels")), embedder);
  }

  @AfterAll
  static void close() {
    latent.close();
    pixels.close();
    embedder.close();
  }

  private static ModelFolder imported(Path folder, Path target) {
    return DiffusersImporter.importModel(folder, target, new Naming("tiny", "Apache-2.0", "test"), TOLD::add);
  }

  private static PreparedDiffusion prepared(DiffusionGenerator generator, String model, JsonNode given, String words) throws Exception {
    double guidance = given.path("guidance").asDouble();
    return new PreparedDiffusion(
        floats(reference(model).path("noise")), scheduler(given), given.path("steps").asInt(), guidance, generator.words(words),
        guidance == 1 ? null : generator.words(""), 1, null, 1);
  }

  @ParameterizedTest
  @CsvSource({"ddim, 6", "euler, 6", "heun, 11", "dpm-solver++, 6"})
  void goesTheWayOfDiffusersInALatentSpace(String scheduler, int runs) throws Exception {
    JsonNode given = reference("tiny-latent", scheduler);
    PreparedDiffusion request = prepared(latent, "tiny-latent", given, "a Red mug,  blue");
    DiffusionStepper stepper = (DiffusionStepper) latent.stepper();
    assertThat(stepper.mostSteps(request)).isEqualTo(runs + 1);

    stepper.admit(1, request);
    for (int run = 0; run < runs; run++) {
      assertThat(stepper.step()).isEmpty();
      JsonNode expected = given.path("trajectory").get(run);
      isClose(stepper.sample(1), expected, "run " + run);
    }
    isClose(stepper.sample(1), given.path("latent"), "the latent");
    isClose(finished(stepper.step(), 1), given.path("picture"), "the picture");
  }

  @Test
  void goesTheWayOfDiffusersInPixelsWithoutWords() throws Exception {
    JsonNode given = reference("tiny-pixels", "ddim");
    DiffusionStepper stepper = (DiffusionStepper) pixels.stepper();

    stepper.admit(1, prepared(pixels, "tiny-pixels", given, ""));
    List<Ended<float[]>> ended = List.of();
    for (int run = 0; run < given.path("steps").asInt(); run++) ended = stepper.step();

    isClose(finished(ended, 1), given.path("picture"), "the picture");
  }

  /// The timestep of this graph is one number for all rows.
  @Test
  void requestsAtDifferentTimestepsDoNotChangeEachOther() throws Exception {
    PreparedDiffusion first = prepared(latent, "tiny-latent", reference("tiny-latent", "ddim"), "red");
    PreparedDiffusion other = prepared(latent, "tiny-latent", reference("tiny-latent", "euler"), "blue lamp");
    DiffusionStepper stepper = (DiffusionStepper) latent.stepper();
    stepper.admit(1, first);
    List<Ended<float[]>> ended = List.of();
    while (ended.isEmpty()) ended = stepper.step();
    float[] alone = finished(ended, 1);

    stepper.admit(2, other);
    stepper.step();
    stepper.step();
    stepper.admit(3, first);
    float[] beside = null;
    while (beside == null) for (Ended<float[]> end : stepper.step()) if (end.execution() == 3) beside = finished(List.of(end), 3);

    assertThat(beside).isEqualTo(alone);
  }

  @Test
  void readsTextsAsClipDoes() throws Exception {
    DiffusionSection section = ModelFolder.open(models.resolve("latent")).manifest().diffusion();
    try (EncodedWords words = EncodedWords.open(ModelFolder.open(models.resolve("latent")), section, section.textEncoder())) {
      for (var text : reference("tiny-latent").path("tokens").properties()) {
        long[] expected = text.getValue().valueStream().mapToLong(JsonNode::asLong).toArray();
        assertThat(words.ids(text.getKey())).as(text.getKey()).containsExactly(expected);
      }
      isClose(words.of("a Red mug,  blue").vectors(), reference("tiny-latent").path("states"), "the states");
      assertThat(words.of("lamp ".repeat(20)).cut()).isPositive();
    }
  }

  @Test
  void tellsWhatItFound() {
    assertThat(TOLD.getFirst().family()).isEqualTo("diffusion");
    assertThat(TOLD.getFirst().findings()).contains(
        new Added.Finding("pipeline", "StableDiffusionPipeline"),
        new Added.Finding("picture", "16x16, from 4 latent channels of 8x8"),
        new Added.Finding("begins at", "noise, or a picture that the prompt brings"),
        new Added.Finding("words", "12 tokens of its own text encoder"),
        new Added.Finding("timestep", "one for all rows of a run: each request runs by itself"));
    assertThat(TOLD.get(1).findings()).contains(
        new Added.Finding("words", "none"), new Added.Finding("timestep", "one a row"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      scheduler/scheduler_config.json | DDIMScheduler                 | PNDMScheduler       | _class_name is PNDMScheduler; DDIMScheduler, DDPMScheduler
      scheduler/scheduler_config.json | scaled_linear                 | squaredcos_cap_v2   | beta_schedule is squaredcos_cap_v2; linear and scaled_linear
      model_index.json                | "unet"                        | "transformer"       | it has a part 'transformer' (UNet2DConditionModel)
      text_encoder/config.json        | "hidden_size": 16             | "hidden_size": 24   | hidden_size is 24, and the U-Net takes states of 16
      tokenizer/tokenizer_config.json | "CLIPTokenizer"               | "T5Tokenizer"       | tokenizer_class is T5Tokenizer; CLIPTokenizer can be imported
      """)
  void refusesByNameWhatIsNotKnown(String file, String word, String other, String sentence) throws IOException {
    Path folder = copy(root.resolve("copy"));
    String json = Files.readString(folder.resolve(file));
    assertThat(json).contains(word);
    Files.writeString(folder.resolve(file), json.replace(word, other));

    assertThatThrownBy(() -> imported(folder, root.resolve("models/tiny"))).isInstanceOf(ModelException.class).hasMessageContaining(sentence);
    isEmpty(root.resolve("models"));
  }

  @Test
  void refusesAFolderWithAMissingOrDamagedPart() throws IOException {
    Path folder = copy(root.resolve("copy"));
    Path decoder = folder.resolve("vae_decoder/model.onnx");
    Files.write(decoder, Arrays.copyOf(Files.readAllBytes(decoder), 5_000));
    assertThatThrownBy(() -> imported(folder, root.resolve("models/tiny"))).isInstanceOf(ModelException.class)
        .hasMessageContaining("vae_decoder/model.onnx is not readable as ONNX");
    Files.delete(folder.resolve("unet/model.onnx"));
    assertThatThrownBy(() -> imported(folder, root.resolve("models/tiny"))).isInstanceOf(ModelException.class)
        .hasMessageContaining("model.onnx is missing in " + folder.resolve("unet"));
    isEmpty(root.resolve("models"));
  }
}
