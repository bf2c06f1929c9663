package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified, on a small graph: a request becomes a PNG. Its bytes depend on class, seed, variant and parameters, and
/// on nothing that runs beside it; what cannot be drawn is rejected by name.
class OneShotImageGeneratorTest {

  @TempDir static Path folder;
  private static MiniLmEmbedder embedder;
  private static OneShotImageGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    embedder = MiniLmEmbedder.open();
    generator = OneShotImageGenerator.open(ImageModels.write(folder), embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static GenerationRequest request(String text, long seed, int variant, Map<String, Object> parameters) {
    return new GenerationRequest(
        "id", "tenant", new Input.Text(text), parameters, seed, variant, 1, Priority.NORMAL, null);
  }

  /// Runs the requests in one batch.
  private static List<GenerationResult> batch(List<GenerationRequest> requests) throws Exception {
    Stepper<PreparedImage, float[]> stepper = generator.stepper();
    List<PreparedImage> prepared = new ArrayList<>();
    for (GenerationRequest request : requests) {
      prepared.add(generator.prepare(request));
      assertThat(stepper.slotsFor(prepared.getLast())).isEqualTo(1);
      stepper.admit(prepared.size() - 1, prepared.getLast());
    }
    GenerationResult[] results = new GenerationResult[requests.size()];
    for (Ended<float[]> end : stepper.step()) {
      if (!(end instanceof Ended.Finished<float[]>(long execution, float[] draft, int steps))) throw new AssertionError();
      assertThat(steps).isEqualTo(1);
      int i = (int) execution;
      results[i] = generator.complete(requests.get(i), prepared.get(i), draft);
    }
    return List.of(results);
  }

  private static GenerationResult run(GenerationRequest request) throws Exception {
    return batch(List.of(request)).getFirst();
  }

  @Test
  void drawsWhatThePromptAsksFor() throws Exception {
    GenerationResult result = run(request("red running sneakers for students", 1, 0, Map.of()));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(60, 40);
    assertThat(result.mediaType()).isEqualTo("image/png");
    assertThat(result.usage().pixels()).isEqualTo(2_400);
    assertThat(result.scores().get("classMatch")).isBetween(0.42, 1.0);
    GenerationResult asked = run(request("anything", 1, 0, Map.of("class", "sneaker")));
    assertThat(asked.body()).isEqualTo(result.body());
    assertThat(asked.scores()).as("a given class is not matched").containsOnlyKeys("contrast", "emptiness");
  }

  @Test
  void drawsAnotherPictureForAnotherClassSeedVariantAndTruncation() throws Exception {
    List<byte[]> bodies =
        batch(
                List.of(
                    request("", 1, 0, Map.of("class", "bag")),
                    request("", 1, 0, Map.of("class", "dress")),
                    request("", 2, 0, Map.of("class", "bag")),
                    request("", 1, 1, Map.of("class", "bag")),
                    request("", 1, 0, Map.of("class", "bag", "truncation", 0.5))))
            .stream().map(GenerationResult::body).toList();
    assertThat(bodies.stream().map(Arrays::hashCode)).doesNotHaveDuplicates();
  }

  @Test
  void givesTheSameBytesAloneAndAmongStrangers() throws Exception {
    List<GenerationRequest> requests =
        IntStream.range(0, 16).mapToObj(i -> request("", i, 0, Map.of("class", ImageModels.LABELS.get(i % 3)))).toList();
    List<GenerationResult> together = batch(requests);
    for (int i = 0; i < 16; i++) assertThat(run(requests.get(i)).body()).isEqualTo(together.get(i).body());
  }

  @Test
  void makesTheLongerSideAsLongAsAsked() throws Exception {
    GenerationResult result = run(request("", 1, 0, Map.of("class", "bag", "size", 300L)));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(300, 200);
    assertThat(result.usage().pixels()).isEqualTo(60_000);
  }

  @Test
  void leavesOutWhatIsReleased() throws Exception {
    Stepper<PreparedImage, float[]> stepper = generator.stepper();
    PreparedImage prepared = generator.prepare(request("", 1, 0, Map.of("class", "bag")));
    stepper.admit(1, prepared);
    stepper.admit(2, prepared);
    stepper.release(1);
    stepper.release(99);
    assertThat(stepper.step()).extracting(Ended::execution).containsExactly(2L);
  }

  @Test
  void failsAlonePixelsThatAreNotNumbers() throws Exception {
    Stepper<PreparedImage, float[]> stepper = generator.stepper();
    PreparedImage good = generator.prepare(request("", 1, 0, Map.of("class", "bag")));
    float[] latent = good.latent().clone();
    latent[0] = Float.NaN;
    stepper.admit(1, good);
    stepper.admit(2, new PreparedImage(good.labels(), latent, Map.of()));
    List<Ended<float[]>> ended = stepper.step();
    assertThat(ended.getFirst()).isInstanceOf(Ended.Finished.class);
    assertThat(ended.getLast())
        .isInstanceOfSatisfying(
            Ended.Failed.class, failed -> assertThat(failed.cause()).hasMessageContaining("not numbers"));
  }

  private static Rejected rejection(GenerationRequest request) {
    return catchThrowableOfType(Rejected.class, () -> generator.prepare(request));
  }

  @Test
  void rejectsAPromptThatAsksForNothingItCanDraw() {
    Rejected rejected = rejection(request("quarterly revenue report of the finance team", 1, 0, Map.of()));
    assertThat(rejected.reason()).isEqualTo("NO_MATCHING_CLASS");
    assertThat(rejected).hasMessageContaining("sneaker, bag, dress").hasMessageNotContaining("revenue");
  }

  @Test
  void rejectsAClassItDoesNotHave() {
    assertThat(rejection(request("", 1, 0, Map.of("class", "hat"))).reason()).isEqualTo("UNKNOWN_CLASS");
  }

  @Test
  void rejectsSeveralCandidatesBecauseItCannotChoose() {
    GenerationRequest request =
        new GenerationRequest("id", "tenant", new Input.Text("bag"), Map.of(), 1, 0, 4, Priority.NORMAL, null);
    assertThat(rejection(request).reason()).isEqualTo("CANDIDATES_NOT_SUPPORTED");
    assertThat(rejection(request)).hasMessageContaining("4 candidates");
  }

  @Test
  void refusesAManifestThatContradictsItsGraphAndNamesBoth(@TempDir Path other) throws IOException {
    ImageModels.write(other);
    Path manifest = other.resolve("model.yaml");
    String yaml = Files.readString(manifest);

    Files.writeString(manifest, yaml.replace("latentSize: 5", "latentSize: 6"));
    assertThatThrownBy(() -> OneShotImageGenerator.open(ModelFolder.open(other), embedder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("The manifest promises FLOAT32 [-1, 6] for oneShotImage.latentInput, and the graph decoder.onnx takes "
            + "FLOAT32 [-1, 5] in its input latent.");
    Files.writeString(manifest, yaml.replace("latentInput: latent", "latentInput: z"));
    assertThatThrownBy(() -> OneShotImageGenerator.open(ModelFolder.open(other), embedder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("oneShotImage.latentInput is z; the graph decoder.onnx has the inputs latent, label.");
  }
}
