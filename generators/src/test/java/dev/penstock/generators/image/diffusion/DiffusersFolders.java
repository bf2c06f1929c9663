package dev.penstock.generators.image.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import dev.penstock.generators.models.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The small folders of diffusers, and what diffusers made with them (`src/test/python/diffusers-fixtures`).
final class DiffusersFolders {

  static final Path ALL = Path.of("src/test/resources/dev/penstock/generators/models/diffusers");
  private static final double TOLERANCE = 1e-4;

  private DiffusersFolders() {}

  static JsonNode reference(String model) {
    try {
      return new ObjectMapper().readTree(ALL.resolve("diffusers-reference.json").toFile()).path(model);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode reference(String model, String scheduler) {
    return of(reference(model).path("cases"), scheduler);
  }

  /// One of several cases.
  static JsonNode of(JsonNode cases, String scheduler) {
    return cases.valueStream().filter(each -> each.path("scheduler").asText().equals(scheduler)).findFirst().orElseThrow();
  }

  static Scheduler scheduler(JsonNode given) {
    return Arrays.stream(Scheduler.values()).filter(each -> each.word().equals(given.path("scheduler").asText())).findFirst().orElseThrow();
  }

  static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) floats[i] = (float) values.get(i).asDouble();
    return floats;
  }

  static void isClose(float[] found, JsonNode expected, String what) {
    isClose(found, floats(expected), what);
  }

  static void isClose(float[] found, float[] expected, String what) {
    for (int i = 0; i < expected.length; i++) {
      double value = expected[i];
      assertThat((double) found[i]).as("%s, value %d", what, i).isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
    }
  }

  static float[] finished(List<Ended<float[]>> ended, long execution) {
    return ended.stream().filter(each -> each.execution() == execution).map(each -> ((Ended.Finished<float[]>) each).draft())
        .findFirst().orElseThrow();
  }

  /// The folder of latents, to be changed.
  static Path copy(Path target) throws IOException {
    FileTree.delete(target);
    Path source = ALL.resolve("tiny-latent");
    try (Stream<Path> all = Files.walk(source)) {
      for (Path each : all.toList()) Files.copy(each, target.resolve(source.relativize(each)));
    }
    return target;
  }

  static void isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
