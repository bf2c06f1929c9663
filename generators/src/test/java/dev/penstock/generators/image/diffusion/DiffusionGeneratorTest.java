package dev.penstock.generators.image.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Betas;
import dev.penstock.generators.models.DiffusionSection.Prediction;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Specified, on a model that is a formula: a request becomes a PNG in as many runs as its scheduler says; rows of one
/// batch stand at different timesteps, and none changes another; guidance, negative prompt and sizes do what they say.
class DiffusionGeneratorTest {

  @TempDir static Path folder;
  private static MiniLmEmbedder embedder;
  private static ModelFolder model;
  private static DiffusionGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    embedder = MiniLmEmbedder.open();
    model = DiffusionModels.write(folder, Prediction.EPSILON, new Betas(Betas.Form.SCALED_LINEAR, 0.00085, 0.012));
    generator = DiffusionGenerator.open(model, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static GenerationRequest request(String text, long seed, Map<String, String> parameters) {
    Map<String, Object> values = new HashMap<>(model.manifest().parameters().validate(parameters));
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null);
  }

  private static GenerationRequest steps(int steps, Scheduler scheduler, long seed) {
    return request("a red mug", seed, Map.of("steps", "" + steps, "scheduler", scheduler.word()));
  }

  /// A request's draft, alone.
  private static float[] draft(GenerationRequest request) throws Exception {
    generator.stepper().admit(1, generator.prepare(request));
    for (int step = 1; ; step++) {
      for (Ended<float[]> end : generator.stepper().step()) {
        if (!(end instanceof Ended.Finished<float[]>(_, float[] draft, int steps))) throw new AssertionError();
        assertThat(steps).isEqualTo(step);
        return draft;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Scheduler.class, names = "FLOW_MATCHING", mode = EnumSource.Mode.EXCLUDE)
  void takesTheRunsOfItsScheduler(Scheduler scheduler) throws Exception {
    GenerationRequest request = steps(7, scheduler, 1);
    assertThat(generator.stepper().mostSteps(generator.prepare(request))).isEqualTo(scheduler.runs(7));
    assertThat(draft(request)).hasSize(64).isEqualTo(draft(request));
    assertThat(draft(request)).isNotEqualTo(draft(steps(7, scheduler, 2)));
  }

  @Test
  void givesTheSameBitsAloneAndBesideOthersAtOtherTimestepsAndSchedulers() throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 5; i++) requests.add(steps(3 + 2 * i, Scheduler.values()[i], i));
    requests.add(request("a blue hat", 7, Map.of("steps", "5", "guidance", "1")));
    Stepper<PreparedDiffusion, float[]> stepper = generator.stepper();
    Map<Long, float[]> drafts = new HashMap<>();
    for (int step = 0; drafts.size() < requests.size(); step++) {
      if (step < requests.size()) stepper.admit(step, generator.prepare(requests.get(step)));
      for (Ended<float[]> end : stepper.step())
        if (end instanceof Ended.Finished<float[]>(long execution, float[] draft, int _)) drafts.put(execution, draft);
    }
    for (int i = 0; i < requests.size(); i++)
      assertThat(drafts.get((long) i)).as("request %d", i).isEqualTo(draft(requests.get(i)));
  }

  @Test
  void aRequestOfOneStepBesideLongOnesEndsInTheStepAfterItCame() throws Exception {
    Stepper<PreparedDiffusion, float[]> stepper = generator.stepper();
    for (long long_ = 0; long_ < 7; long_++) stepper.admit(long_, generator.prepare(steps(50, Scheduler.DDIM, long_)));
    for (int step = 0; step < 10; step++) assertThat(stepper.step()).isEmpty();
    stepper.admit(99, generator.prepare(steps(1, Scheduler.DDIM, 1)));
    assertThat(stepper.step()).extracting(Ended::execution).containsExactly(99L);
    for (long long_ = 0; long_ < 7; long_++) stepper.release(long_);
  }

  @Test
  void beginsAnewWhenARequestIsAdmittedAgain() throws Exception {
    GenerationRequest request = steps(4, Scheduler.HEUN, 3);
    PreparedDiffusion prepared = generator.prepare(request);
    generator.stepper().admit(1, prepared);
    generator.stepper().step();
    generator.stepper().release(1);
    float[] expected = draft(request);
    generator.stepper().admit(1, prepared);
    List<Ended<float[]>> ended = List.of();
    while (ended.isEmpty()) ended = generator.stepper().step();
    assertThat(((Ended.Finished<float[]>) ended.getFirst()).draft()).isEqualTo(expected);
  }

  @Test
  void guidanceMovesAwayFromTheNegativePromptOrFromNoWords() throws Exception {
    float[] unguided = draft(request("a red mug", 1, Map.of("guidance", "1")));
    float[] guided = draft(request("a red mug", 1, Map.of("guidance", "4")));
    float[] away = draft(request("a red mug", 1, Map.of("guidance", "4", "negativePrompt", "a large blue hat")));
    assertThat(guided).isNotEqualTo(unguided);
    assertThat(away).isNotEqualTo(guided);
    assertThat(draft(request("a red mug", 1, Map.of("guidance", "4", "negativePrompt", "")))).isEqualTo(guided);
  }

  @Test
  void makesAPngOfTheSizeAskedForAndSaysHowMuchOfThePromptItSaw() throws Exception {
    GenerationRequest request = request("a red mug", 1, Map.of("size", "32"));
    GenerationResult result = generator.complete(request, generator.prepare(request), draft(request));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    assertThat(image.getWidth()).isEqualTo(32);
    assertThat(image.getHeight()).isEqualTo(32);
    assertThat(result.mediaType()).isEqualTo("image/png");
    assertThat(result.usage().inputTokens()).isEqualTo(5);
    assertThat(result.scores()).containsEntry("promptSeen", 1.0);
    GenerationRequest longer = request("a red mug on a blue background", 1, Map.of());
    double seen = generator.complete(longer, generator.prepare(longer), draft(longer)).scores().get("promptSeen");
    assertThat(seen).isEqualTo(6.0 / 9);
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> request("x", 1, Map.of("guidance", "0.5")))
        .isInstanceOf(InvalidParameterException.class).hasMessageContaining("a number from 1 to 20");
    assertThatThrownBy(() -> request("x", 1, Map.of("width", "512")))
        .isInstanceOf(InvalidParameterException.class).hasMessageContaining("Parameter width is '512'");
    assertThatThrownBy(() -> request("x", 1, Map.of("scheduler", "flow-matching")))
        .isInstanceOf(InvalidParameterException.class).hasMessageContaining("one of ddpm, ddim, euler, heun, dpm-solver++");
    Rejected off =
        catchThrowableOfType(
            Rejected.class, () -> generator.prepare(request("x", 1, Map.of("guidance", "1", "negativePrompt", "y"))));
    assertThat(off.reason()).isEqualTo("GUIDANCE_OFF");
    GenerationRequest three =
        new GenerationRequest("id", "tenant", new Input.Text("x"), Map.of(), 1, 0, 3, Priority.NORMAL, null);
    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(three)).reason()).isEqualTo("CANDIDATES_NOT_SUPPORTED");
  }

  @Test
  void refusesAManifestThatContradictsItselfOrItsGraph(@TempDir Path other) throws IOException {
    DiffusionSection section = model.manifest().diffusion();
    assertThatThrownBy(() -> DiffusionModels.write(other, Prediction.FLOW, new Betas(Betas.Form.LINEAR, 0.0001, 0.02)))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("flow has none");
    assertThatThrownBy(() -> new Betas(Betas.Form.LINEAR, 0.02, 0.0001))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("not falling");
    assertThat(model.manifest().diffusion().betas()).isEqualTo(new Betas(Betas.Form.SCALED_LINEAR, 0.00085, 0.012));
    assertThatThrownBy(() -> new DiffusionSection(section.graph(), 6, 1, 8, 8, section.outputRange(), section.prediction(), 1, section.betas(),
            section.schedulers(), null, null, new DiffusionSection.Encoder("encoder.onnx", "image", "latent")))
        .isInstanceOf(InvalidModelException.class).hasMessageContaining("encoder is given and decoder is missing");
    ModelFolder flow = DiffusionModels.write(other, Prediction.FLOW, null);
    assertThat(flow.manifest().diffusion().schedulers()).containsExactly(Scheduler.FLOW_MATCHING);
    assertThatThrownBy(() -> flow.manifest().oneShotImage()).hasMessageContaining("is of the family diffusion");
  }

  private static GenerationRequest withPicture(byte[] picture, Map<String, String> parameters) {
    GenerationRequest words = request("a mug", 7, parameters);
    return new GenerationRequest(
        words.id(), words.tenant(), words.input(), words.parameters(), 7, 0, 1, Priority.NORMAL, null, new InputPicture(picture));
  }

  private static byte[] png(int grey) throws IOException {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 20; y++) for (int x = 0; x < 20; x++) image.setRGB(x, y, grey * 0x010101);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void beginsAtAPictureAndLeavesItByAsManyStepsAsStrengthSays() throws Exception {
    PreparedDiffusion half = generator.prepare(withPicture(png(255), Map.of("steps", "10", "strength", "0.5")));
    assertThat(half.picture()).hasSize(64).containsOnly(1f);
    assertThat(generator.stepper().mostSteps(half)).isEqualTo(5);
    PreparedDiffusion usual = generator.prepare(withPicture(png(0), Map.of("steps", "10")));
    assertThat(usual.picture()).containsOnly(-1f);
    assertThat(generator.stepper().mostSteps(usual)).isEqualTo(8);
  }

  @Test
  void rejectsAPictureThatIsNoneAndAStrengthWithoutOne() {
    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(withPicture(new byte[] {1, 2, 3}, Map.of()))))
        .hasMessageContaining("is no picture that can be read");
    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(request("a mug", 1, Map.of("strength", "0.5")))))
        .hasMessage("The parameter strength says how far a picture is left behind; send one, or leave strength out.");
    assertThatThrownBy(() -> request("a mug", 1, Map.of("strength", "1.5"))).isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("a number from 0 to 1 is allowed");
    assertThatThrownBy(() -> request("a mug", 1, Map.of("guidance", "0.5"))).isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("a number from 1 to 20 is allowed");
    assertThatThrownBy(() -> request("a mug", 1, Map.of("width", "9"))).isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("a whole number from 8 to 8 is allowed");
  }
}
