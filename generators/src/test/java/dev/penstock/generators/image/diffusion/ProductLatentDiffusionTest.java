package dev.penstock.generators.image.diffusion;

import static dev.penstock.generators.image.diffusion.BundledDiffusion.picture;
import static dev.penstock.generators.image.diffusion.BundledDiffusion.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Stepper.Ended.Finished;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.DiffusionSection.Encoder;
import dev.penstock.generators.onnx.OnnxSession;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model of latents: all its graphs in Java are the networks that torch trained; words of MiniLM
/// and a decoder make the picture that was asked for, in one step more than there are steps; a picture may be what it
/// begins at, and the less is left of the way, the more of it stays.
class ProductLatentDiffusionTest {

  private static BundledDiffusion model;

  @BeforeAll
  static void open() {
    model = BundledDiffusion.open("product-latent-diffusion");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void isTheNetworksThatTorchTrained() throws Exception {
    DenoiserReference reference = DenoiserReference.of("product-latent-diffusion");
    DiffusionSection section = model.folder().manifest().diffusion();
    Decoder decoder = Objects.requireNonNull(section.decoder());
    Encoder encoder = Objects.requireNonNull(section.encoder());
    double largest = reference.largestDifference(model.folder(), model.embedder().dimensions(), 8);
    try (LatentDecoder painter = new LatentDecoder(section, decoder, OnnxSession.open(model.folder().file(decoder.file())));
        LatentEncoder reader = new LatentEncoder(section, decoder, encoder, OnnxSession.open(model.folder().file(encoder.file())))) {
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
    GenerationRequest request = model.request("a red mug on a blue background", 42, Map.of());
    Finished<float[]> finished = model.drafts(List.of(request)).getFirst();
    assertThat(finished.steps()).as("12 steps of denoising and one of decoding").isEqualTo(13);
    BufferedImage image = picture(model.generator().complete(request, model.generator().prepare(request), finished.draft()));
    assertThat(image.getWidth()).isEqualTo(256);
    assertThat(share(image, 212, 42, 40)).isBetween(0.05, 0.6);
    assertThat(share(image, 42, 102, 212)).isGreaterThan(0.3);
  }

  @Test
  void keepsTheMoreOfAPictureTheLessOfTheWayIsLeft() throws Exception {
    InputPicture blue = new InputPicture(model.result(model.request("a red mug on a blue background", 42, Map.of())).body());
    double[] left = new double[2];
    for (int i = 0; i < 2; i++) {
      Map<String, String> strength = Map.of("strength", i == 0 ? "0.2" : "1");
      left[i] = share(picture(model.result(model.request("a red mug on a yellow background", 7, strength, blue))), 42, 102, 212);
    }
    assertThat(left[0]).as("blue that stays at strength 0.2").isGreaterThan(0.2);
    assertThat(left[1]).as("blue that stays at strength 1").isLessThan(0.05);
  }

  @Test
  void rejectsAPictureThatIsNone() {
    GenerationRequest request = model.request("a red mug", 1, Map.of(), new InputPicture(new byte[] {1, 2, 3}));
    assertThat(catchThrowableOfType(Rejected.class, () -> model.generator().prepare(request)))
        .hasMessageContaining("is no picture that can be read");
  }
}
