package dev.penstock.generators.image.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.DiffusionSection.Encoder;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model of latents: all its graphs in Java are the networks that torch trained; words of MiniLM
/// and a decoder make the picture that was asked for, in one step more than there are steps; a picture may be what it
/// begins at, and the less is left of the way, the more of it stays.
class ProductLatentDiffusionTest {

  private static MiniLmEmbedder embedder;
  private static ModelFolder folder;
  private static DiffusionGenerator generator;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    folder = ModelFolder.open(Path.of(System.getenv("PENSTOCK_HOME"), "models", "product-latent-diffusion"));
    generator = DiffusionGenerator.open(folder, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static GenerationRequest request(String text, long seed, Map<String, String> parameters, @Nullable InputPicture picture) {
    Map<String, Object> values = folder.manifest().parameters().validate(parameters);
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null, picture);
  }

  private static Ended.Finished<float[]> draft(GenerationRequest request) throws Exception {
    Stepper<PreparedDiffusion, float[]> stepper = generator.stepper();
    stepper.admit(1, generator.prepare(request));
    while (true) {
      List<Ended<float[]>> ended = stepper.step();
      if (ended.isEmpty()) continue;
      if (ended.getFirst() instanceof Ended.Finished<float[]> finished) return finished;
      throw new AssertionError(ended);
    }
  }

  private static BufferedImage picture(byte[] body) throws IOException {
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(body)));
  }

  @Test
  void isTheNetworksThatTorchTrained() throws Exception {
    DenoiserReference reference = DenoiserReference.of("product-latent-diffusion");
    DiffusionSection section = folder.manifest().diffusion();
    Decoder decoder = Objects.requireNonNull(section.decoder());
    Encoder encoder = Objects.requireNonNull(section.encoder());
    double largest = reference.largestDifference(folder, embedder.dimensions(), 8);
    try (LatentDecoder painter = new LatentDecoder(section, decoder, OnnxSession.open(folder.file(decoder.file())));
        LatentEncoder reader = new LatentEncoder(section, decoder, encoder, OnnxSession.open(folder.file(encoder.file())))) {
      for (int row = 0; row < 2; row++) {
        JsonNode image = reference.json().path("images").get(row);
        JsonNode latent = reference.json().path("latents").get(row);
        largest = Math.max(largest, DenoiserReference.difference(painter.decode(DenoiserReference.wave(row, 4 * 16 * 16)), image, 64));
        largest = Math.max(largest, DenoiserReference.difference(reader.encode(DenoiserReference.wave(row, 3 * 64 * 64)), latent, 8));
      }
    }
    System.out.printf("product-latent-diffusion, largest difference from torch: %.1e%n", largest);
    assertThat(largest).isLessThan(1e-4);
  }

  @Test
  void drawsARedThingOnABlueBackgroundWhenAskedTo() throws Exception {
    GenerationRequest request = request("a red mug on a blue background", 42, Map.of(), null);
    Ended.Finished<float[]> finished = draft(request);
    assertThat(finished.steps()).as("12 steps of denoising and one of decoding").isEqualTo(13);
    GenerationResult result = generator.complete(request, generator.prepare(request), finished.draft());
    BufferedImage image = picture(result.body());
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(share(image, 212, 42, 40)).isBetween(0.05, 0.6);
    assertThat(share(image, 42, 102, 212)).isGreaterThan(0.3);
  }

  @Test
  void keepsTheMoreOfAPictureTheLessOfTheWayIsLeft() throws Exception {
    GenerationRequest words = request("a red mug on a blue background", 42, Map.of(), null);
    InputPicture blue = new InputPicture(generator.complete(words, generator.prepare(words), draft(words).draft()).body());
    double[] left = new double[2];
    for (int i = 0; i < 2; i++) {
      GenerationRequest other =
          request("a red mug on a yellow background", 7, Map.of("strength", i == 0 ? "0.2" : "1"), blue);
      left[i] = share(picture(generator.complete(other, generator.prepare(other), draft(other).draft()).body()), 42, 102, 212);
    }
    assertThat(left[0]).as("blue that stays at strength 0.2").isGreaterThan(0.2);
    assertThat(left[1]).as("blue that stays at strength 1").isLessThan(0.05);
  }

  @Test
  void rejectsAPictureThatIsNone() {
    GenerationRequest request = request("a red mug", 1, Map.of(), new InputPicture(new byte[] {1, 2, 3}));
    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(request)))
        .hasMessageContaining("is no picture that can be read");
  }

  private static double share(BufferedImage image, int red, int green, int blue) {
    int near = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        if (Math.abs((rgb >> 16 & 255) - red) < 45 && Math.abs((rgb >> 8 & 255) - green) < 45 && Math.abs((rgb & 255) - blue) < 45) near++;
      }
    }
    return near / (double) (image.getWidth() * image.getHeight());
  }
}
