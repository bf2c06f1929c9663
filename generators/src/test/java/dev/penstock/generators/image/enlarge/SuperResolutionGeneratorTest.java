package dev.penstock.generators.image.enlarge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.oneshot.OneShotImporter;
import dev.penstock.generators.models.oneshot.OneShotSettings;
import dev.penstock.generators.onnx.GraphWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Specified, on a graph that repeats pixels: a picture is enlarged in windows without a seam, alone or beside another; what is
/// no picture, or too large a one, is rejected in a sentence before memory is taken for it.
class SuperResolutionGeneratorTest {

  @TempDir static Path root;
  private static SuperResolutionGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    byte[] graph = new GraphWriter()
        .input("in", GraphWriter.FLOAT32, 1, 3, "height", "width")
        .output("out", GraphWriter.FLOAT32, 1, 3, "tall", "wide")
        .floats("scales", new float[] {1, 1, 2, 2}, 4)
        .node("Resize", List.of("in", "", "scales"), List.of("out"), "mode", "nearest")
        .bytes();
    Path file = Files.write(root.resolve("double.onnx"), graph);
    ModelFolder folder = OneShotImporter.importModel(
        file, root.resolve("double"), OneShotSettings.none(), new OneShotImporter.Naming("double", "MIT", "test"), _ -> {});
    generator = SuperResolutionGenerator.open(folder);
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  private static GenerationRequest request(byte[] picture) {
    return new GenerationRequest(
        "id", "tenant", new Input.Text(""), Map.of(), 0, 0, 1, Priority.NORMAL, null, new InputPicture(picture));
  }

  private static BufferedImage coloured(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) image.setRGB(x, y, (x * 7 + y * 131) * 0x3355 & 0xFFFFFF);
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static void isTwiceAsLarge(BufferedImage original, byte[] result) throws IOException {
    BufferedImage made = ImageIO.read(new ByteArrayInputStream(result));
    assertThat(made.getWidth()).isEqualTo(2 * original.getWidth());
    assertThat(made.getHeight()).isEqualTo(2 * original.getHeight());
    for (int y = 0; y < made.getHeight(); y++)
      for (int x = 0; x < made.getWidth(); x++)
        if (made.getRGB(x, y) != original.getRGB(x / 2, y / 2)) throw new AssertionError("differs at " + x + ", " + y);
  }

  @Test
  void enlargesInWindowsWithoutASeamAloneOrBesideAnother() throws Exception {
    BufferedImage wide = coloured(401, 170);
    BufferedImage small = coloured(5, 3);
    var requests = List.of(request(png(wide)), request(png(small)));
    var prepared = List.of(generator.prepare(requests.get(0)), generator.prepare(requests.get(1)));
    assertThat(generator.stepper().mostSteps(prepared.get(0))).isEqualTo(6);
    assertThat(generator.stepper().mostSteps(prepared.get(1))).isEqualTo(1);

    for (int i = 0; i < 2; i++) generator.stepper().admit(i, prepared.get(i));
    byte[][] results = new byte[2][];
    for (int step = 0; step < 6; step++)
      for (var ended : generator.stepper().step()) {
        if (!(ended instanceof Ended.Finished<float[][]>(long execution, float[][] draft, int steps))) throw new AssertionError();
        results[(int) execution] = generator.complete(requests.get((int) execution), prepared.get((int) execution), draft).body();
      }

    isTwiceAsLarge(wide, results[0]);
    isTwiceAsLarge(small, results[1]);
  }

  /// A file that claims to hold 100 megapixels, and hardly any bytes.
  private static byte[] claiming(int width, int height) throws IOException {
    byte[] file = png(coloured(4, 4));
    ByteBuffer.wrap(file).putInt(16, width).putInt(20, height);
    CRC32 checksum = new CRC32();
    checksum.update(file, 12, 17);
    ByteBuffer.wrap(file).putInt(29, (int) checksum.getValue());
    return file;
  }

  private static Rejected refused(byte[] picture) {
    return catchThrowableOfType(Rejected.class, () -> generator.prepare(request(picture)));
  }

  @Test
  void rejectsPicturesThatAreTooLargeBeforeTheyAreRead() throws IOException {
    assertThat(refused(claiming(10_000, 10_000)))
        .hasMessage("The picture is a picture of 10000 x 10000 pixels; at most 1048576 pixels are allowed.")
        .extracting(Rejected::reason).isEqualTo("PICTURE_TOO_LARGE");
    assertThat(refused(claiming(2_000_000_000, 2_000_000_000))).extracting(Rejected::reason)
        .isIn("PICTURE_TOO_LARGE", "NO_PICTURE");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 40, 60})
  void rejectsWhatIsCutShort(int length) throws IOException {
    assertThat(refused(Arrays.copyOf(png(coloured(30, 30)), length)))
        .hasMessageStartingWith("The picture is no picture that can be read").extracting(Rejected::reason).isEqualTo("NO_PICTURE");
  }

  @Test
  void rejectsRequestsWithoutAPicture() {
    var request = new GenerationRequest("id", "tenant", new Input.Text("x"), Map.of(), 0, 0, 1, Priority.NORMAL, null);

    assertThat(catchThrowableOfType(Rejected.class, () -> generator.prepare(request)))
        .hasMessage("This model works on a picture; send a PNG or JPEG with the prompt.");
  }
}
