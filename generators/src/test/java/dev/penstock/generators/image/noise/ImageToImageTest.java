package dev.penstock.generators.image.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.DiffusionSection.Betas;
import dev.penstock.generators.models.DiffusionSection.Prediction;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Specified: from a picture on every scheduler goes the way that diffusers goes in its image-to-image pipelines, to 1e-5 of the
/// size of the sample. The reference and the program that made it lie beside this test.
class ImageToImageTest {

  private static final double TOLERANCE = 1e-5;
  private static final Betas BETAS = new Betas(Betas.Form.SCALED_LINEAR, 0.00085, 0.012);

  record Case(Scheduler scheduler, int steps, double strength, JsonNode values) {

    Trajectory start() {
      float[] noise = floats(reference().path("start"));
      float[] picture = floats(reference().path("picture"));
      boolean flow = scheduler == Scheduler.FLOW_MATCHING;
      NoiseScheduler schedulers = new NoiseScheduler(flow ? Prediction.FLOW : Prediction.EPSILON, flow ? null : BETAS);
      if (scheduler != Scheduler.DDPM) return schedulers.startAt(picture, strength, scheduler, noise, steps, 1);
      Beginning beginning = Beginning.ofPicture(picture, noise, steps, strength);
      return new DdpmTrajectory(
          beginning, steps, Prediction.EPSILON, new NoiseLevels(BETAS),
          (step, _) -> floats(values.path("noise").get(step - beginning.first())));
    }

    @Override
    public String toString() {
      return scheduler.word() + ", strength " + strength;
    }
  }

  private static JsonNode reference() {
    try (InputStream in = ImageToImageTest.class.getResourceAsStream("image-to-image-reference.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Case> cases() {
    return reference().path("cases").valueStream().map(values -> new Case(
        Arrays.stream(Scheduler.values()).filter(s -> s.word().equals(values.path("scheduler").asText())).findFirst().orElseThrow(),
        values.path("steps").asInt(), values.path("strength").asDouble(), values));
  }

  private static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) floats[i] = (float) values.get(i).asDouble();
    return floats;
  }

  /// The formula that stands for a model in the reference.
  private static float[] model(float[] x, double t) {
    float[] prediction = new float[x.length];
    for (int i = 0; i < x.length; i++) prediction[i] = (float) (0.6 * x[i] + 0.3 * Math.sin(2.0 * x[i] + t / 200 + i));
    return prediction;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesTheWayOfTheReferenceFromThePictureOn(Case given) {
    Trajectory trajectory = given.start();
    float[] seen = new float[trajectory.sample().length];
    for (int run = 0; run < given.values.path("trajectory").size(); run++) {
      assertThat(trajectory.timestep()).isCloseTo(given.values.path("timesteps").get(run).asDouble(), within(1e-3));
      trajectory.modelInput(seen);
      trajectory.advance(model(seen, trajectory.timestep()));
      JsonNode expected = given.values.path("trajectory").get(run);
      for (int i = 0; i < seen.length; i++) {
        double value = expected.get(i).asDouble();
        assertThat((double) trajectory.sample()[i]).as("run %d, value %d", run, i)
            .isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
      }
    }
    assertThat(trajectory.isDone()).isTrue();
    assertThat(given.scheduler.runs(NoiseScheduler.stepsFrom(given.steps, given.strength)))
        .isEqualTo(given.values.path("trajectory").size());
  }

  @Test
  void atLeastOneStepIsGone() {
    assertThat(NoiseScheduler.stepsFrom(20, 0)).isEqualTo(1);
    assertThat(NoiseScheduler.stepsFrom(20, 0.5)).isEqualTo(10);
    assertThat(NoiseScheduler.stepsFrom(20, 1)).isEqualTo(20);
  }
}
