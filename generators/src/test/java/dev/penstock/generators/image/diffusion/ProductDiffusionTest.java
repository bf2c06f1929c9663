package dev.penstock.generators.image.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Stepper.Ended.Finished;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model: the graph in Java is the network that torch trained; a picture's numbers do not depend on its batch; it has the colours that were asked for, where they belong;
/// a short request does not wait for long ones.
class ProductDiffusionTest {

  private static BundledDiffusion model;

  @BeforeAll
  static void open() {
    model = BundledDiffusion.open("product-diffusion");
    System.out.println("product-diffusion runs in fixed batches: " + model.generator().runsInFixedBatches());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /// The recipe's `reference.json` says how its inputs are made.
  @Test
  void isTheNetworkThatTorchTrained() throws Exception {
    double largest = DenoiserReference.of("product-diffusion").largestDifference(model.folder(), model.embedder().dimensions(), 64);
    System.out.printf("product-diffusion, largest difference from torch: %.1e%n", largest);
    assertThat(largest).isLessThan(1e-4);
  }

  @Test
  void givesTheSameBitsAloneAndBesideOthers() throws Exception {
    List<GenerationRequest> requests =
        List.of(
            model.request("a green sofa on a white background", 1, Map.of("steps", "4")),
            model.request("a dotted navy dress, orange background", 2, Map.of("steps", "3", "guidance", "1")),
            model.request("a brown guitar on pink", 3, Map.of("steps", "2", "negativePrompt", "stripes")));
    List<Finished<float[]>> together = model.drafts(requests);
    for (int i = 0; i < requests.size(); i++)
      assertThat(model.drafts(List.of(requests.get(i))).getFirst().draft()).as("request %d", i).isEqualTo(together.get(i).draft());
  }

  @Test
  void drawsARedThingOnABlueBackgroundWhenAskedTo() throws Exception {
    GenerationResult result = model.result(model.request("a red mug on a blue background", 42, Map.of()));
    BufferedImage image = BundledDiffusion.picture(result);
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(image.getHeight()).isEqualTo(256);
    assertThat(BundledDiffusion.share(image, 212, 42, 40)).isBetween(0.05, 0.6);
    assertThat(BundledDiffusion.share(image.getSubimage(0, 2, 256, 1), 42, 102, 212)).as("blue at the edge").isGreaterThan(0.9);
    assertThat(result.scores().get("promptSeen")).isCloseTo(1, within(0.0));
  }

  @Test
  void aRequestOfOneStepBesideLongOnesWaitsAtMostTwoSteps() throws Exception {
    try (StepEngine engine = new StepEngine(EngineSettings.withoutCrashEvidence(2), EngineClock.system())) {
      WatchedGenerator watched = new WatchedGenerator(DiffusionGenerator.open(model.folder(), model.embedder()));
      engine.add(model.folder().digest(), watched);
      for (int i = 0; i < 6; i++) submit(engine, model.request("a green car on white", i, Map.of("steps", "50")));
      Awaitility.await().until(() -> watched.steps() >= 3);
      submit(engine, model.request("a red mug on a blue background", 9, Map.of("steps", "1"))).get(60, TimeUnit.SECONDS);
      System.out.println("steps that a 1-step request waited beside six of 50: " + watched.stepsWaited(1));
      assertThat(watched.stepsWaited(1)).isLessThanOrEqualTo(2);
      assertThat(engine.inFlight()).as("the long ones are still on their way").isGreaterThanOrEqualTo(6);
    }
  }

  private static CompletableFuture<GenerationResult> submit(StepEngine engine, GenerationRequest request) {
    CompletableFuture<GenerationResult> done = new CompletableFuture<>();
    engine.submit(model.folder().digest(), request, result -> result, new Completion<GenerationResult>() {
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
}
