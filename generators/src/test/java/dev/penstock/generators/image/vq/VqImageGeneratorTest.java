package dev.penstock.generators.image.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.image.diffusion.Words;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified, on a prior that is a formula: codes follow one another as the prior says, a step a code; a picture depends
/// on its prompt, seed and parameters, and on nothing that comes or goes beside it.
class VqImageGeneratorTest {

  @TempDir static Path folder;
  private static MiniLmEmbedder embedder;
  private static ModelFolder model;
  private static VqImageGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    embedder = MiniLmEmbedder.open();
    model = VqImageModels.write(folder);
    generator = VqImageGenerator.open(model, embedder);
  }

  @AfterAll
  static void close() {
    generator.close();
    embedder.close();
  }

  private static GenerationRequest request(String text, long seed, Map<String, String> parameters) {
    Map<String, Object> values = new HashMap<>(model.manifest().parameters().validate(parameters));
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null);
  }

  /// The drafts of these requests, each admitted one step after the one before.
  private static List<float[]> drafts(List<GenerationRequest> requests) throws Exception {
    Stepper<PreparedCodes, float[]> stepper = generator.stepper();
    float[][] drafts = new float[requests.size()][];
    int left = drafts.length;
    for (int step = 0; left > 0; step++) {
      if (step < drafts.length) stepper.admit(step, generator.prepare(requests.get(step)));
      for (Ended<float[]> end : stepper.step()) {
        if (!(end instanceof Ended.Finished<float[]>(long execution, float[] draft, int steps))) throw new AssertionError();
        assertThat(steps).isEqualTo(VqImageModels.PLACES);
        drafts[(int) execution] = draft;
        left--;
      }
    }
    return List.of(drafts);
  }

  private static float[] draft(GenerationRequest request) throws Exception {
    return drafts(List.of(request)).getFirst();
  }

  @Test
  void drawsTheCodesThatThePriorFindsLikeliest() throws Exception {
    Words words = Words.of("a red mug", VqImageModels.WORDS, embedder);
    float gist = 0;
    for (int word = 0; word < words.tokens(); word++) for (int i = 0; i < 4; i++) gist += words.vectors()[word * 384 + i];
    float[] kept = new float[VqImageModels.CACHE];
    int code = VqImageModels.CODES;
    int[] expected = new int[VqImageModels.PLACES];
    for (int place = 0; place < expected.length; place++) expected[place] = code = next(kept, code, place, gist);

    float[] picture = draft(request("a red mug", 1, Map.of("temperature", "0")));

    for (int channel = 0; channel < 3; channel++)
      for (int place = 0; place < expected.length; place++)
        assertThat(picture[channel * expected.length + place]).as("place " + place).isEqualTo(expected[place] / 4f);
  }

  /// The test prior in Java; changes `kept`.
  private static int next(float[] kept, int code, int position, float gist) {
    int size = kept.length;
    float[] a = VqImageModels.weights(size, 1);
    float[] b = VqImageModels.weights(size, 2);
    float[] c = VqImageModels.weights(size, 3);
    float[] w = VqImageModels.weights(size * VqImageModels.CODES, 4);
    for (int i = 0; i < size; i++) kept[i] = (float) Math.tanh(kept[i] / 2 + code * a[i] + position * b[i] + gist * c[i]);
    float[] logits = new float[VqImageModels.CODES];
    for (int i = 0; i < size; i++) for (int j = 0; j < logits.length; j++) logits[j] += kept[i] * w[i * logits.length + j];
    return IntStream.range(0, logits.length).reduce((p, q) -> logits[q] > logits[p] ? q : p).orElseThrow();
  }

  @Test
  void givesTheSameBitsAloneAndBesideOthers() throws Exception {
    List<GenerationRequest> requests =
        List.of(
            request("a red mug", 1, Map.of()), request("a teal sofa on white", 2, Map.of("guidance", "3")),
            request("a navy dress", 3, Map.of("topK", "2")), request("a pink hat", 4, Map.of("temperature", "0.5")),
            request("a red mug", 5, Map.of("guidance", "2")), request("a red mug", 1, Map.of()));
    List<float[]> together = drafts(requests);
    for (int i = 0; i < requests.size(); i++) assertThat(draft(requests.get(i))).as("request " + i).isEqualTo(together.get(i));
    assertThat(together.getLast()).isEqualTo(together.getFirst());
  }

  @Test
  void leavesOutWhatIsReleasedAndMovesTheOthersUp() throws Exception {
    GenerationRequest stays = request("a brown guitar on pink", 7, Map.of("guidance", "2"));
    float[] alone = draft(stays);
    Stepper<PreparedCodes, float[]> stepper = generator.stepper();
    stepper.admit(1, generator.prepare(request("a red mug", 1, Map.of("guidance", "2"))));
    stepper.admit(2, generator.prepare(stays));
    stepper.admit(3, generator.prepare(request("a pink hat", 1, Map.of())));
    for (int step = 0; step < 3; step++) assertThat(stepper.step()).isEmpty();
    stepper.release(1);
    stepper.release(99);
    for (int step = 3; step < VqImageModels.PLACES - 1; step++) assertThat(stepper.step()).isEmpty();
    List<Ended<float[]>> ended = stepper.step();
    assertThat(ended).extracting(Ended::execution).containsExactly(2L, 3L);
    assertThat(((Ended.Finished<float[]>) ended.getFirst()).draft()).isEqualTo(alone);
  }

  @Test
  void drawsOtherPicturesForOtherSeedsParametersAndPrompts() throws Exception {
    Map<String, String> free = Map.of("temperature", "2");
    List<float[]> pictures =
        drafts(List.of(request("a red mug", 1, free), request("a red mug", 2, free), request("a red mug", 1, Map.of("temperature", "0"))));
    assertThat(pictures.stream().map(Arrays::hashCode)).doesNotHaveDuplicates();
    assertThat(draft(request("a red mug", 9, Map.of("topK", "1"))))
        .as("the likeliest code alone").isEqualTo(pictures.getLast());
    List<GenerationRequest> prompts =
        Stream.of("a mug", "winter sale of the year", "7", "to be or not", "shoes, shoes", "!").map(text -> request(text, 1, free)).toList();
    assertThat(drafts(prompts).stream().map(Arrays::hashCode).distinct().count()).isGreaterThan(1);
  }

  @Test
  void deliversThePictureInColourAndInTheSizeAskedFor() throws Exception {
    GenerationRequest request = request("a red mug", 1, Map.of("adSize", "30x20"));
    GenerationResult result = generator.complete(request, generator.prepare(request), draft(request));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.body()));
    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(30, 20);
    assertThat(result.scores()).containsEntry("promptSeen", 5.0 / 5);
  }

  @Test
  void rejectsSeveralCandidatesBecauseItCannotChoose() {
    GenerationRequest request =
        new GenerationRequest("id", "tenant", new Input.Text("a mug"), Map.of(), 1, 0, 4, Priority.NORMAL, null);
    assertThatThrownBy(() -> generator.prepare(request)).isInstanceOf(Rejected.class).hasMessageContaining("4 candidates");
  }

  @Test
  void refusesAGraphThatIsNotWhatTheManifestSays(@TempDir Path wrong) throws IOException {
    VqImageModels.write(wrong);
    Path yaml = wrong.resolve(ModelManifest.FILE_NAME);
    Files.writeString(yaml, Files.readString(yaml).replace("codes: 5", "codes: 7"));
    assertThatThrownBy(() -> VqImageGenerator.open(ModelFolder.open(wrong), embedder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("The prior's logits is [1, 5]; the manifest promises [1, 7].");
  }
}
