package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.Stepper.Ended.Finished;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// A bundled diffusion model, and what tests ask of it.
record BundledDiffusion(MiniLmEmbedder embedder, ModelFolder folder, DiffusionGenerator generator) implements AutoCloseable {

  static BundledDiffusion open(String name) {
    MiniLmEmbedder embedder = MiniLmEmbedder.open();
    ModelFolder folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", name));
    return new BundledDiffusion(embedder, folder, DiffusionGenerator.open(folder, embedder));
  }

  @Override
  public void close() {
    generator.close();
    embedder.close();
  }

  GenerationRequest request(String text, long seed, Map<String, String> parameters) {
    return request(text, seed, parameters, null);
  }

  GenerationRequest request(String text, long seed, Map<String, String> parameters, @Nullable InputPicture picture) {
    Map<String, Object> values = folder.manifest().parameters().validate(parameters);
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null, picture);
  }

  /// What becomes of these requests, each admitted one step after the one before.
  List<Finished<float[]>> drafts(List<GenerationRequest> requests) throws Exception {
    Stepper<PreparedDiffusion, float[]> stepper = generator.stepper();
    SortedMap<Long, Finished<float[]>> drafts = new TreeMap<>();
    for (int step = 0; drafts.size() < requests.size(); step++) {
      if (step < requests.size()) stepper.admit(step, generator.prepare(requests.get(step)));
      for (Ended<float[]> end : stepper.step()) {
        if (!(end instanceof Finished<float[]> finished)) throw new AssertionError(end);
        drafts.put(finished.execution(), finished);
      }
    }
    return List.copyOf(drafts.values());
  }

  /// What is delivered for a request that is alone.
  GenerationResult result(GenerationRequest request) throws Exception {
    return generator.complete(request, generator.prepare(request), drafts(List.of(request)).getFirst().draft());
  }

  static BufferedImage picture(GenerationResult result) throws IOException {
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(result.body())));
  }

  /// Of the pixels, those that are near a colour.
  static double share(BufferedImage image, int red, int green, int blue) {
    int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(pixels).filter(rgb -> isNear(rgb >> 16, red) && isNear(rgb >> 8, green) && isNear(rgb, blue)).count() / (double) pixels.length;
  }

  private static boolean isNear(int found, int wanted) {
    return Math.abs((found & 255) - wanted) < 45;
  }
}
