package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled model: pictures show the class that was asked for, as a classifier sees it that had no
/// part in training the model; a picture's numbers do not depend on its batch; prompts find their class.
class FashionCvaeTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");
  private static final int SEEDS = 1_000;

  private static MiniLmEmbedder embedder;
  private static ModelFolder folder;
  private static OneShotImageSection section;
  private static OneShotImageGenerator generator;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    folder = ModelFolder.open(MODELS.resolve("fashion-cvae"));
    section = folder.manifest().oneShotImage();
    generator = OneShotImageGenerator.open(folder, embedder);
    System.out.println("fashion-cvae runs in fixed batches: " + generator.runsInFixedBatches());
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

  private static GenerationRequest asking(int label, long seed) {
    return request("", seed, Map.of("class", section.labels().get(label)));
  }

  /// The drafts of these requests, run in one batch.
  private static List<float[]> drafts(List<GenerationRequest> requests) throws Exception {
    Stepper<PreparedImage, float[]> stepper = generator.stepper();
    for (int i = 0; i < requests.size(); i++) stepper.admit(i, generator.prepare(requests.get(i)));
    float[][] drafts = new float[requests.size()][];
    for (Ended<float[]> end : stepper.step())
      if (end instanceof Ended.Finished<float[]>(long execution, float[] draft, int _)) drafts[(int) execution] = draft;
    return List.of(drafts);
  }

  @Test
  void showsTheClassThatWasAskedFor() throws Exception {
    int classes = section.labels().size();
    int[] seen = new int[classes];
    try (OnnxSession classifier = OnnxSession.open(MODELS.resolve("recipes/fashion-cvae/classifier.onnx"))) {
      for (int from = 0; from < SEEDS; from += 10) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int seed = from; seed < from + 10; seed++) requests.add(asking(seed % classes, seed));
        List<float[]> pictures = drafts(requests);
        for (int i = 0; i < 10; i++) if (classOf(classifier, pictures.get(i)) == (from + i) % classes) seen[(from + i) % classes]++;
      }
    }
    double right = (double) Arrays.stream(seen).sum() / SEEDS;
    System.out.printf("fashion-cvae, %d unselected seeds: class seen in %.3f; of %d each: ", SEEDS, right, SEEDS / classes);
    for (int label = 0; label < classes; label++) System.out.printf("%s %d, ", section.labels().get(label), seen[label]);
    System.out.println();
    assertThat(right).isGreaterThanOrEqualTo(0.80);
  }

  private static int classOf(OnnxSession classifier, float[] picture) {
    try (OnnxValue image = OnnxValue.copyOf(picture, 1, 1, 28, 28)) {
      OnnxValue logits = classifier.run(Map.of("image", image)).get("logits");
      int best = 0;
      for (int i = 1; i < logits.size(); i++) if (logits.floats().get(i) > logits.floats().get(best)) best = i;
      return best;
    }
  }

  @Test
  void givesTheSameBitsAloneAndInABatchOfAnySize() throws Exception {
    for (int size = 2; size <= generator.stepper().slots(); size++) {
      List<GenerationRequest> requests = new ArrayList<>();
      for (int i = 0; i < size; i++) requests.add(asking(i % 10, 100L * size + i));
      List<float[]> together = drafts(requests);
      for (int i = 0; i < size; i++)
        assertThat(drafts(List.of(requests.get(i))).getFirst()).as("row %d of %d", i, size).isEqualTo(together.get(i));
    }
  }

  @Test
  void findsTheClassOfMostBriefsByTheDescriptionsInItsManifest() throws Exception {
    int right = 0;
    int all = 0;
    for (Briefs.Brief brief : Briefs.heldOut().all()) {
      if (brief.label() == null) continue;
      all++;
      PreparedImage prepared;
      try {
        prepared = generator.prepare(request(brief.text(), 1, Map.of()));
      } catch (Rejected e) {
        continue;
      }
      if (section.labels().get(prepared.label(0)).equals(brief.label())) right++;
    }
    System.out.printf("fashion-cvae, held-out briefs matched right: %d of %d%n", right, all);
    assertThat((double) right / all).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void drawsAPictureOfUsefulSizeAndTheSameBytesEachTime() throws Exception {
    GenerationRequest request = request("a product picture of red running sneakers for students", 42, Map.of());
    PreparedImage prepared = generator.prepare(request);
    assertThat(section.labels().get(prepared.label(0))).isEqualTo("sneaker");
    GenerationResult result = generator.complete(request, prepared, drafts(List.of(request)).getFirst());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    assertThat(image.getWidth()).isEqualTo(280);
    assertThat(image.getHeight()).isEqualTo(280);
    assertThat(result.usage().pixels()).isEqualTo(78_400);
    GenerationResult again = generator.complete(request, prepared, drafts(List.of(request)).getFirst());
    assertThat(again.body()).isEqualTo(result.body());
  }
}
