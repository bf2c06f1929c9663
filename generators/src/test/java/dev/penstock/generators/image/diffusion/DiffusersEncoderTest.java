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
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.PictureUse;
import dev.penstock.generators.models.diffusers.DiffusersImporter;
import dev.penstock.generators.models.oneshot.Added;
import dev.penstock.generators.models.oneshot.OneShotImporter.Naming;
import dev.penstock.generators.onnx.GraphWriter;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Specified: the encoder of a folder of diffusers comes along, whether it gives means and log variances or draws a latent itself;
/// a picture becomes the mean of its latents, the same at every time, and the way from there is that of diffusers' own
/// image-to-image pipeline, to 1e-4. An encoder that does not fit the U-Net is refused in one sentence; without one, the model
/// takes no pictures. Reference and program: `src/test/python/diffusers-fixtures`.
class DiffusersEncoderTest {

  private static final String WORDS = "a Red mug,  blue";
  private static final JsonNode FROM = reference("tiny-latent").path("fromPicture");

  @TempDir static Path models;
  @TempDir private Path root;
  private static MiniLmEmbedder embedder;
  private static ModelFolder folder;
  private static DiffusionGenerator generator;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    folder = imported(DiffusersFolders.ALL.resolve("tiny-latent"), models.resolve("latent"), new ArrayList<>());
    generator = DiffusionGenerator.open(folder, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static ModelFolder imported(Path from, Path target, List<Added> told) {
    return DiffusersImporter.importModel(from, target, new Naming("tiny", "Apache-2.0", "test"), told::add);
  }

  private ModelFolder imported(Path from) {
    return imported(from, root.resolve("models/tiny"), new ArrayList<>());
  }

  private static GenerationRequest request(Map<String, String> parameters) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    JsonNode bytes = FROM.path("bytes");
    for (int i = 0; i < 256; i++)
      image.setRGB(i % 16, i / 16, bytes.get(3 * i).asInt() << 16 | bytes.get(3 * i + 1).asInt() << 8 | bytes.get(3 * i + 2).asInt());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return new GenerationRequest("id", "tenant", new Input.Text(WORDS), folder.manifest().parameters().validate(parameters), 1, 0, 1,
        Priority.NORMAL, null, new InputPicture(png.toByteArray()));
  }

  private static float[] mean(double scaling, double shift) {
    float[] mean = floats(FROM.path("mean"));
    for (int i = 0; i < mean.length; i++) mean[i] = (float) ((mean[i] - shift) * scaling);
    return mean;
  }

  @Test
  void theManifestHasTheEncoder() {
    DiffusionSection section = folder.manifest().diffusion();
    assertThat(section.encoder()).isEqualTo(new DiffusionSection.Encoder("vae_encoder.onnx", "sample", "penstock_gather"));
    assertThat(section.pictureUse()).isEqualTo(PictureUse.OPTIONAL);
    assertThat(folder.manifest().files()).containsKey("vae_encoder.onnx");
    assertThat(folder.manifest().parameters().validate(Map.of("strength", "0.5"))).containsEntry("strength", 0.5);
  }

  /// Maps of Java's own come in another order in each process, and the model's digest would differ.
  @Test
  void theManifestsKeysAreInTheirOrder() {
    assertThat(folder.manifest().toYaml()).containsSubsequence(
        "betas:", "form:", "first:", "last:", "textEncoder:", "graph:", "input:", "output:", "tokenizer:", "width:", "padding:",
        "decoder:", "graph:", "input:", "output:", "scaling:", "shift:", "height:", "width:", "encoder:", "graph:", "input:", "output:");
  }

  @ParameterizedTest
  @CsvSource({"ddim, 4", "euler, 4", "heun, 7", "dpm-solver++, 4"})
  void goesTheWayOfDiffusersFromAPictureOn(String name, int runs) throws Exception {
    JsonNode given = DiffusersFolders.of(FROM.path("cases"), name);
    PreparedDiffusion begun = generator.prepare(request(Map.of()));
    PreparedDiffusion request = new PreparedDiffusion(
        floats(reference("tiny-latent").path("noise")), scheduler(given), given.path("steps").asInt(), given.path("guidance").asDouble(),
        generator.words(WORDS), generator.words(""), 1, begun.picture(), given.path("strength").asDouble());
    DiffusionStepper stepper = (DiffusionStepper) generator.stepper();

    stepper.admit(1, request);
    for (int run = 0; run < runs; run++) assertThat(stepper.step()).isEmpty();
    isClose(stepper.sample(1), given.path("latent"), "the latent");
    List<Ended<float[]>> ended = stepper.step();
    isClose(finished(ended, 1), given.path("picture"), "the picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-latent", "tiny-latent-drawn"})
  void aPictureIsTheMeanOfItsLatentsAtEveryTime(String encoder) throws Exception {
    Path from = copy(root.resolve("copy"));
    Files.write(from.resolve("vae_encoder/model.onnx"), Files.readAllBytes(DiffusersFolders.ALL.resolve(encoder + "/vae_encoder/model.onnx")));

    try (DiffusionGenerator made = DiffusionGenerator.open(imported(from), embedder)) {
      float[] first = made.prepare(request(Map.of())).picture();
      isClose(first, mean(0.18215, 0), "the sample");
      assertThat(made.prepare(request(Map.of())).picture()).isEqualTo(first);
    }
  }

  @Test
  void shiftIsTakenFromALatentAndItIsMultipliedByScaling() throws Exception {
    Path from = copy(root.resolve("copy"));
    configure(from, "vae_decoder");
    configure(from, "vae_encoder");

    try (DiffusionGenerator made = DiffusionGenerator.open(imported(from), embedder)) {
      isClose(made.prepare(request(Map.of())).picture(), mean(0.5, 0.25), "the sample");
    }
  }

  private static void configure(Path from, String part) throws IOException {
    replace(from.resolve(part + "/config.json"), "\"scaling_factor\": 0.18215", "\"scaling_factor\": 0.5");
    replace(from.resolve(part + "/config.json"), "\"shift_factor\": null", "\"shift_factor\": 0.25");
  }

  private static void replace(Path file, String word, String other) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(word);
    Files.writeString(file, text.replace(word, other));
  }

  /// The encoders that do not fit, each of a picture halved in size.
  private enum Odd {
    SIX_CHANNELS("makes [1, 6, 8, 8] of a picture of [1, 3, 16, 16]; the U-Net takes latents of [1, 4, 8, 8]") {
      @Override
      GraphWriter write(GraphWriter graph) {
        return graph.node("Concat", List.of("half", "half"), List.of("latent_sample"), "axis", 1);
      }
    },
    FULL_SIZE("makes [1, 4, 16, 16] of a picture of [1, 3, 16, 16]; the U-Net takes latents of [1, 4, 8, 8]") {
      @Override
      GraphWriter write(GraphWriter graph) {
        return graph.node("Gather", List.of("sample", "four"), List.of("latent_sample"), "axis", 1);
      }
    },
    OTHER_PICTURES("does not run with pictures of [1, 3, 16, 16], which the decoder makes") {
      @Override
      GraphWriter write(GraphWriter graph) {
        return graph.longs("shape", new long[] {1, 4, 24, 24}, 4).node("Reshape", List.of("latent", "shape"), List.of("latent_sample"));
      }
    },
    UNIFORM("draws with RandomUniformLike in another way than mean + deviation * noise") {
      @Override
      GraphWriter write(GraphWriter graph) {
        return graph.node("RandomUniformLike", List.of("latent"), List.of("drawn")).node("Mul", List.of("drawn", "latent"), List.of("noise"))
            .node("Add", List.of("latent", "noise"), List.of("latent_sample"));
      }
    },
    FACTOR("draws with RandomNormalLike in another way than mean + deviation * noise") {
      @Override
      GraphWriter write(GraphWriter graph) {
        return graph.node("RandomNormalLike", List.of("latent"), List.of("drawn"))
            .node("Mul", List.of("latent", "drawn"), List.of("latent_sample"));
      }
    },
    DROPOUT("makes another latent of the same picture at another run") {
      @Override
      GraphWriter write(GraphWriter graph) {
        return graph.node("Cast", List.of("one"), List.of("training"), "to", 9).floats("ratio", new float[] {0.5f})
            .node("Dropout", List.of("latent", "ratio", "training"), List.of("latent_sample"));
      }
    };

    private final String sentence;

    Odd(String sentence) {
      this.sentence = sentence;
    }

    abstract GraphWriter write(GraphWriter graph);

    byte[] bytes() {
      return write(new GraphWriter()
          .input("sample", GraphWriter.FLOAT32, "batch", 3, "height", "width")
          .output("latent_sample", GraphWriter.FLOAT32, "batch", "channels", "latent_height", "latent_width")
          .longs("four", new long[] {0, 1, 2, 0}, 4)
          .longs("one", new long[] {1})
          .node("AveragePool", List.of("sample"), List.of("half"), "kernel_shape", new int[] {2, 2}, "strides", new int[] {2, 2})
          .node("Gather", List.of("half", "four"), List.of("latent"), "axis", 1)).bytes();
    }
  }

  @Test
  void anEncoderThatDoesNotFitIsRefusedInASentenceThatNamesTheFile() throws IOException {
    Path from = copy(root.resolve("copy"));
    for (Odd odd : Odd.values()) {
      Files.write(from.resolve("vae_encoder/model.onnx"), odd.bytes());
      assertThatThrownBy(() -> imported(from)).as(odd.name()).isInstanceOf(ModelException.class)
          .hasMessageContaining("vae_encoder/model.onnx " + odd.sentence);
      isEmpty(root.resolve("models"));
    }
    Files.delete(from.resolve("vae_encoder/model.onnx"));
    assertThatThrownBy(() -> imported(from)).isInstanceOf(ModelException.class).hasMessageContaining("model.onnx is missing in ");
    isEmpty(root.resolve("models"));
  }

  @Test
  void aScalingThatCannotBeFollowedIsRefused() throws IOException {
    Path from = copy(root.resolve("copy"));
    configure(from, "vae_encoder");
    assertThatThrownBy(() -> imported(from)).isInstanceOf(ModelException.class)
        .hasMessageContaining("vae_encoder/config.json: scaling_factor is 0.5 and shift_factor 0.25, and of the decoder 0.18215 and 0.0");
    replace(from.resolve("vae_decoder/config.json"), "\"latents_mean\": null", "\"latents_mean\": [1, 2, 3, 4]");
    assertThatThrownBy(() -> imported(from)).isInstanceOf(ModelException.class)
        .hasMessageContaining("vae_decoder/config.json: latents_mean and latents_std scale each channel by itself");
    isEmpty(root.resolve("models"));
  }

  @Test
  void aFolderWithoutEncoderIsImportedAndTakesNoPictures() throws Exception {
    Path from = copy(root.resolve("copy"));
    Files.delete(from.resolve("vae_encoder/model.onnx"));
    Files.delete(from.resolve("vae_encoder/config.json"));
    Files.delete(from.resolve("vae_encoder"));
    List<Added> told = new ArrayList<>();

    ModelFolder without = imported(from, root.resolve("models/tiny"), told);
    assertThat(without.manifest().diffusion().encoder()).isNull();
    assertThat(without.manifest().diffusion().pictureUse()).isEqualTo(PictureUse.NONE);
    assertThat(told.getFirst().findings()).contains(new Added.Finding("begins at", "noise alone, for there is no vae_encoder"));
    assertThatThrownBy(() -> without.manifest().parameters().validate(Map.of("strength", "0.5")))
        .isInstanceOf(InvalidParameterException.class).hasMessageContaining("strength");
    try (DiffusionGenerator made = DiffusionGenerator.open(without, embedder)) {
      assertThatThrownBy(() -> made.prepare(request(Map.of()))).isInstanceOf(Rejected.class).hasMessageContaining("takes no picture");
    }
  }
}
