package dev.penstock.generators.image.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model: the graph in Java is the network that torch trained; a picture's numbers do not depend on its batch; it has the colours that were asked for, where they belong;
/// a short request does not wait for long ones.
class ProductDiffusionTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");

  private static MiniLmEmbedder embedder;
  private static ModelFolder folder;
  private static DiffusionGenerator generator;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    folder = ModelFolder.open(MODELS.resolve("product-diffusion"));
    generator = DiffusionGenerator.open(folder, embedder);
    System.out.println("product-diffusion runs in fixed batches: " + generator.runsInFixedBatches());
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static GenerationRequest request(String text, long seed, Map<String, String> parameters) {
    Map<String, Object> values = new HashMap<>(folder.manifest().parameters().validate(parameters));
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null);
  }

  /// The drafts of these requests, each admitted one step after the one before.
  private static List<float[]> drafts(List<GenerationRequest> requests) throws Exception {
    Stepper<PreparedDiffusion, float[]> stepper = generator.stepper();
    float[][] drafts = new float[requests.size()][];
    int left = drafts.length;
    for (int step = 0; left > 0; step++) {
      if (step < drafts.length) stepper.admit(step, generator.prepare(requests.get(step)));
      for (Ended<float[]> end : stepper.step()) {
        if (!(end instanceof Ended.Finished<float[]>(long execution, float[] draft, int _))) throw new AssertionError();
        drafts[(int) execution] = draft;
        left--;
      }
    }
    return List.of(drafts);
  }

  /// The recipe's `reference.json` says how its inputs are made.
  @Test
  void isTheNetworkThatTorchTrained() throws Exception {
    double largest = DenoiserReference.of("product-diffusion").largestDifference(folder, embedder.dimensions(), 64);
    System.out.printf("product-diffusion, largest difference from torch: %.1e%n", largest);
    assertThat(largest).isLessThan(1e-4);
  }

  @Test
  void givesTheSameBitsAloneAndBesideOthers() throws Exception {
    List<GenerationRequest> requests =
        List.of(
            request("a green sofa on a white background", 1, Map.of("steps", "4")),
            request("a dotted navy dress, orange background", 2, Map.of("steps", "3", "guidance", "1")),
            request("a brown guitar on pink", 3, Map.of("steps", "2", "negativePrompt", "stripes")));
    List<float[]> together = drafts(requests);
    for (int i = 0; i < requests.size(); i++)
      assertThat(drafts(List.of(requests.get(i))).getFirst()).as("request %d", i).isEqualTo(together.get(i));
  }

  @Test
  void drawsARedThingOnABlueBackgroundWhenAskedTo() throws Exception {
    GenerationRequest request = request("a red mug on a blue background", 42, Map.of());
    GenerationResult result = generator.complete(request, generator.prepare(request), drafts(List.of(request)).getFirst());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(image.getHeight()).isEqualTo(256);
    int red = 0;
    int blueAtTheEdge = 0;
    for (int i = 0; i < 256; i++) {
      for (int j = 0; j < 256; j++) if (isNear(image.getRGB(i, j), 212, 42, 40)) red++;
      if (isNear(image.getRGB(i, 2), 42, 102, 212)) blueAtTheEdge++;
    }
    assertThat(red / 65_536.0).isBetween(0.05, 0.6);
    assertThat(blueAtTheEdge / 256.0).isGreaterThan(0.9);
    assertThat(result.scores().get("promptSeen")).isCloseTo(1, within(0.0));
  }

  @Test
  void aRequestOfOneStepBesideLongOnesWaitsAtMostTwoSteps() throws Exception {
    try (StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system())) {
      WatchedGenerator watched = new WatchedGenerator(DiffusionGenerator.open(folder, embedder));
      engine.add(folder.digest(), watched);
      for (int i = 0; i < 6; i++) submit(engine, request("a green car on white", i, Map.of("steps", "50")));
      Awaitility.await().until(() -> watched.steps() >= 3);
      submit(engine, request("a red mug on a blue background", 9, Map.of("steps", "1"))).get(60, TimeUnit.SECONDS);
      System.out.println("steps that a 1-step request waited beside six of 50: " + watched.stepsWaited(1));
      assertThat(watched.stepsWaited(1)).isLessThanOrEqualTo(2);
      assertThat(engine.inFlight()).as("the long ones are still on their way").isGreaterThanOrEqualTo(6);
    }
  }

  private static CompletableFuture<GenerationResult> submit(StepEngine engine, GenerationRequest request) {
    CompletableFuture<GenerationResult> done = new CompletableFuture<>();
    engine.submit(folder.digest(), request, result -> result, new Completion<GenerationResult>() {
      @Override
      public void completed(GenerationResult result) {
        done.complete(result);
      }

      @Override
      public void failed(GenerationException cause) {
        done.completeExceptionally(cause);
      }
    });
    return done;
  }

  private static boolean isNear(int rgb, int red, int green, int blue) {
    return Math.abs((rgb >> 16 & 255) - red) < 45 && Math.abs((rgb >> 8 & 255) - green) < 45 && Math.abs((rgb & 255) - blue) < 45;
  }
}
