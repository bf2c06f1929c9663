package dev.penstock.generators.image.classify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureFormat;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.oneshot.OneShotImporter;
import dev.penstock.generators.models.oneshot.OneShotSettings;
import dev.penstock.generators.onnx.GraphWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified, on a graph that says how much red, green and blue a picture has: labels come as JSON, likeliest first, the same
/// bytes alone and beside others; what is no picture, or too large a one, is rejected in a sentence.
class ImageClassifierGeneratorTest {

  @TempDir private static Path root;
  private static ImageClassifierGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    byte[] graph = new GraphWriter()
        .input("in", GraphWriter.FLOAT32, "batch", 3, 8, 8)
        .output("out", GraphWriter.FLOAT32, "batch", 3)
        .node("ReduceMean", List.of("in"), List.of("out"), "keepdims", 0, "axes", new int[] {2, 3})
        .bytes();
    Path settings = Files.writeString(root.resolve("settings.yaml"), "labels: [red, green, blue]");
    ModelFolder folder = OneShotImporter.importModel(
        Files.write(root.resolve("colour.onnx"), graph), root.resolve("colour"), OneShotSettings.read(settings),
        new OneShotImporter.Naming("colour", "MIT", "test"), _ -> {});
    generator = ImageClassifierGenerator.open(folder);
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  private static GenerationRequest request(byte[] picture) {
    return new GenerationRequest(
        "id", "tenant", new Input.Text(""), Map.of(), 0, 0, 1, Priority.NORMAL, null, new InputPicture(picture));
  }

  private static byte[] of(int rgb) {
    return PictureFormat.PNG.encode(Bitmap.filled(20, 10, rgb), 1);
  }

  private static List<byte[]> together(List<GenerationRequest> requests) throws Exception {
    return together(generator, requests);
  }

  private static <P, D> List<byte[]> together(Generator<P, D> generator, List<GenerationRequest> requests) throws Exception {
    Stepper<P, D> stepper = generator.stepper();
    List<P> prepared = new ArrayList<>();
    for (GenerationRequest request : requests) {
      prepared.add(generator.prepare(request));
      stepper.admit(prepared.size() - 1, prepared.getLast());
    }
    byte[][] bodies = new byte[requests.size()][];
    for (int left = bodies.length; left > 0; ) {
      for (Ended<D> end : stepper.step()) {
        if (!(end instanceof Ended.Finished<D>(long execution, D draft, int _))) throw new AssertionError(end);
        int i = (int) execution;
        bodies[i] = generator.complete(requests.get(i), prepared.get(i), draft).body();
        left--;
      }
    }
    return List.of(bodies);
  }

  @Test
  void saysTheLikeliestLabelFirstAndTheSameBytesAloneAndBesideOthers() throws Exception {
    List<GenerationRequest> requests = List.of(request(of(0x2040FF)), request(of(0xF00810)), request(of(0x107010)));

    List<byte[]> together = together(requests);

    assertThat(together).extracting(body -> new String(body, UTF_8).replaceFirst(",\"score.*", ""))
        .containsExactly("{\"labels\":[{\"label\":\"blue\"", "{\"labels\":[{\"label\":\"red\"", "{\"labels\":[{\"label\":\"green\"");
    for (int i = 0; i < requests.size(); i++) {
      assertThat(together(List.of(requests.get(i))).getFirst()).as("request %d", i).isEqualTo(together.get(i));
    }
  }

  private static Rejected refused(byte[] picture) {
    return catchThrowableOfType(Rejected.class, () -> generator.prepare(request(picture)));
  }

  @Test
  void rejectsWhatIsNoPictureAndAHundredMegapixels() {
    assertThat(refused("no picture".getBytes(UTF_8)))
        .hasMessageStartingWith("The picture is no picture that can be read").extracting(Rejected::reason).isEqualTo("NO_PICTURE");
    byte[] large = of(0);
    ByteBuffer.wrap(large).putInt(16, 10_000).putInt(20, 10_000);
    assertThat(refused(large)).hasMessageContaining("10000 x 10000 pixels").extracting(Rejected::reason).isEqualTo("PICTURE_TOO_LARGE");
    GenerationRequest without = new GenerationRequest("id", "tenant", new Input.Text("x"), Map.of(), 0, 0, 1, Priority.NORMAL, null);
    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(without)))
        .hasMessage("This model works on a picture; send a PNG or JPEG with the prompt.");
  }
}
