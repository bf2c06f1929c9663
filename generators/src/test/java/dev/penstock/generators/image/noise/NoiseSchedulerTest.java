package dev.penstock.generators.image.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.DiffusionSection.Betas;
import dev.penstock.generators.models.DiffusionSection.Prediction;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Specified: every scheduler goes the way that diffusers goes, step by step, to 1e-5 of the size of the sample; the way
/// depends on nothing but noise, settings and predictions. The reference and the program that made it lie beside this
/// test; its model is a formula.
class NoiseSchedulerTest {

  private static final double TOLERANCE = 1e-5;

  record Case(Scheduler scheduler, Prediction prediction, Betas betas, JsonNode values) {
    int steps() {
      return values.path("steps").asInt();
    }

    Trajectory start() {
      float[] noise = floats(reference().path("start"));
      NoiseScheduler schedulers = new NoiseScheduler(prediction, betas);
      if (scheduler != Scheduler.DDPM) return schedulers.start(scheduler, noise, steps(), 1);
      return new DdpmTrajectory(
          Beginning.ofNoise(noise), steps(), prediction, new NoiseLevels(betas), (step, _) -> floats(values.path("noise").get(step)));
    }

    @Override
    public String toString() {
      return scheduler.word() + ", " + prediction.word() + (betas == null ? "" : ", " + betas.form().word()) + ", " + steps() + " steps";
    }
  }

  private static JsonNode reference() {
    try (InputStream in = NoiseSchedulerTest.class.getResourceAsStream("scheduler-reference.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Case> cases() {
    return reference().path("cases").valueStream().map(NoiseSchedulerTest::read);
  }

  private static Case read(JsonNode values) {
    String scheduler = values.path("scheduler").asText();
    Betas betas =
        switch (values.path("betas").asText()) {
          case "linear" -> new Betas(Betas.Form.LINEAR, 0.0001, 0.02);
          case "scaled_linear" -> new Betas(Betas.Form.SCALED_LINEAR, 0.00085, 0.012);
          default -> null;
        };
    Prediction prediction = Prediction.valueOf(values.path("prediction").asText().toUpperCase());
    return new Case(
        Arrays.stream(Scheduler.values()).filter(s -> s.word().equals(scheduler)).findFirst().orElseThrow(),
        prediction, betas, values);
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
  void goesTheWayOfTheReferenceToTheEnd(Case given) {
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
    assertThat(given.scheduler.runs(given.steps())).isEqualTo(given.values.path("trajectory").size());
  }

  @Test
  void theReferenceHasEveryScheduler() {
    Set<Scheduler> found = EnumSet.noneOf(Scheduler.class);
    cases().forEach(each -> found.add(each.scheduler));
    assertThat(found).containsExactlyInAnyOrder(Scheduler.values());
  }

  @Test
  void ddpmDrawsItsNoiseByTheSeedAndTheStepAlone() {
    assertThat(DdpmTrajectory.noise(5, 3, 8)).isEqualTo(DdpmTrajectory.noise(5, 3, 8));
    assertThat(DdpmTrajectory.noise(5, 3, 8)).isNotEqualTo(DdpmTrajectory.noise(5, 4, 8));
    assertThat(DdpmTrajectory.noise(5, 3, 8)).isNotEqualTo(DdpmTrajectory.noise(6, 3, 8));
  }

  @Test
  void refusesASchedulerThatIsNotForTheModel() {
    NoiseScheduler flow = new NoiseScheduler(Prediction.FLOW, null);
    assertThatThrownBy(() -> flow.start(Scheduler.DDIM, new float[4], 10, 1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ddim needs the noise levels");
    NoiseScheduler epsilon = new NoiseScheduler(Prediction.EPSILON, new Betas(Betas.Form.LINEAR, 0.0001, 0.02));
    assertThatThrownBy(() -> epsilon.start(Scheduler.FLOW_MATCHING, new float[4], 10, 1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("models that predict flow");
    assertThatThrownBy(() -> epsilon.start(Scheduler.DDIM, new float[4], 0, 1)).hasMessageContaining("1 to 1000");
  }
}
