package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, on the bundled GAN: the judge, which had no part in training the model, sees the class asked for.
class FashionGanTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");
  private static final int PIXELS = 28 * 28;

  private static MiniLmEmbedder embedder;
  private static ModelFolder folder;
  private static List<String> labels;
  private static OneShotImageGenerator generator;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    folder = ModelFolder.open(MODELS.resolve("fashion-gan"));
    labels = folder.manifest().oneShotImage().labels();
    generator = OneShotImageGenerator.open(folder, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static PreparedImage asking(int label, long seed) throws Exception {
    Map<String, Object> values =
        new HashMap<>(folder.manifest().parameters().validate(Map.of("class", labels.get(label))));
    return generator.prepare(
        new GenerationRequest("id", "tenant", new Input.Text(""), values, seed, 0, 1, Priority.NORMAL, null));
  }

  private static List<float[]> drafts(List<PreparedImage> prepared) throws Exception {
    Stepper<PreparedImage, float[]> stepper = generator.stepper();
    for (int i = 0; i < prepared.size(); i++) stepper.admit(i, prepared.get(i));
    float[][] drafts = new float[prepared.size()][];
    for (Ended<float[]> end : stepper.step())
      if (end instanceof Ended.Finished<float[]>(long execution, float[] draft, int _)) drafts[(int) execution] = draft;
    return List.of(drafts);
  }

  @Test
  void showsTheClassThatWasAskedFor() throws Exception {
    int right = 0;
    try (OnnxSession judge = OnnxSession.open(MODELS.resolve("judges/fashion/judge.onnx"))) {
      for (int seed = 0; seed < 300; seed++) {
        float[] picture = drafts(List.of(asking(seed % labels.size(), seed))).getFirst();
        if (classOf(judge, picture) == seed % labels.size()) right++;
      }
    }
    System.out.printf("fashion-gan, 300 unselected seeds: class seen in %.3f%n", right / 300.0);
    assertThat(right / 300.0).isGreaterThanOrEqualTo(0.75);
  }

  private static int classOf(OnnxSession judge, float[] picture) {
    float[] scaled = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) scaled[i] = (picture[i] + 1) / 2;
    try (OnnxValue image = OnnxValue.copyOf(scaled, 1, 1, 28, 28)) {
      OnnxValue logits = judge.run(Map.of("image", image)).get("logits");
      int best = 0;
      for (int i = 1; i < logits.size(); i++) if (logits.floats().get(i) > logits.floats().get(best)) best = i;
      return best;
    }
  }
}
