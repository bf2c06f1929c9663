package dev.penstock.generators.families;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.audio.Voices;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.oneshot.OneShotImporter;
import dev.penstock.generators.models.oneshot.OneShotSettings;
import dev.penstock.generators.onnx.GraphWriter;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified, for each family: a folder whose graph is damaged, needs operators that the runtime does not have, or is not what
/// the manifest says, is refused when it is loaded, in a sentence that names file and contradiction. The digests agree, so it is
/// not they that find it.
class BadModelsTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");

  @TempDir private static Path root;
  private static MiniLmEmbedder embedder;
  private static int copies;

  @BeforeAll
  static void open() throws IOException {
    embedder = MiniLmEmbedder.open();
    Files.createDirectory(root.resolve("original"));
    Voices.imported("tiny-voice", root.resolve("original"));
    byte[] enlarging = new GraphWriter()
        .input("in", GraphWriter.FLOAT32, 1, 3, "height", "width")
        .output("out", GraphWriter.FLOAT32, 1, 3, "tall", "wide")
        .floats("scales", new float[] {1, 1, 2, 2}, 4)
        .node("Resize", List.of("in", "", "scales"), List.of("out"), "mode", "nearest")
        .bytes();
    added("upscaler", enlarging, "name: upscaler");
    byte[] classifying = new GraphWriter()
        .input("in", GraphWriter.FLOAT32, "batch", 3, 8, 8)
        .output("out", GraphWriter.FLOAT32, "batch", 3)
        .node("ReduceMean", List.of("in"), List.of("out"), "keepdims", 0, "axes", new int[] {2, 3})
        .bytes();
    added("classifier", classifying, "labels: [red, green, blue]");
  }

  private static void added(String name, byte[] graph, String yaml) throws IOException {
    Path settings = Files.writeString(root.resolve(name + ".settings"), yaml);
    Path file = Files.write(root.resolve(name + ".onnx"), graph);
    OneShotImporter.importModel(
        file, root.resolve("original/models").resolve(name), OneShotSettings.read(settings),
        new OneShotImporter.Naming(name, "MIT", "test"), _ -> {});
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  private static Path copy(String name) throws IOException {
    Path made = root.resolve("original/models").resolve(name);
    Path target = Files.createDirectory(root.resolve("copy" + copies++));
    try (Stream<Path> files = Files.list(Files.exists(made) ? made : MODELS.resolve(name))) {
      for (Path file : files.toList()) Files.copy(file, target.resolve(file.getFileName()));
    }
    return target;
  }

  private static void replace(Path folder, String file, byte[] bytes) throws IOException {
    String before = Sha256.of(folder.resolve(file));
    Files.write(folder.resolve(file), bytes);
    say(folder, before, Sha256.of(folder.resolve(file)));
  }

  private static void say(Path folder, String before, String now) throws IOException {
    Path manifest = folder.resolve("model.yaml");
    String yaml = Files.readString(manifest);
    org.assertj.core.api.Assertions.assertThat(yaml).contains(before);
    Files.writeString(manifest, yaml.replace(before, now));
  }

  private static void refused(Path folder, String sentence) {
    assertThatThrownBy(() -> GeneratorLoader.source(ModelFolder.open(folder), embedder).open())
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "fashion-gan, generator.onnx", "product-diffusion, denoiser.onnx", "product-vq, prior.onnx", "tiny-copywriter, model.onnx",
    "brief-ner, model.onnx", "tiny-voice, voice.onnx", "upscaler, graph.onnx", "classifier, graph.onnx"
  })
  void saysThatAGraphIsDamagedOrNeedsWhatIsNotThere(String model, String file) throws IOException {
    Path damaged = copy(model);
    byte[] whole = Files.readAllBytes(damaged.resolve(file));
    replace(damaged, file, Arrays.copyOf(whole, whole.length / 2));
    refused(damaged, "Model %s cannot be loaded: The graph %s is damaged: it is no readable ONNX file.".formatted(model, file));

    byte[] custom = new GraphWriter()
        .input("z", GraphWriter.FLOAT32, "batch", 5)
        .output("picture", GraphWriter.FLOAT32, "batch", 64)
        .node("com.example", "Dream", List.of("z"), List.of("picture"))
        .bytes();
    Path foreign = copy(model);
    replace(foreign, file, custom);
    refused(
        foreign,
        "Model %s cannot be loaded: The graph %s needs the operator Dream of the domain com.example, which ONNX Runtime %s does not have."
            .formatted(model, file, OnnxRuntime.version()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      fashion-gan       | latentSize: 100      | latentSize: 99        | The manifest promises FLOAT32 [-1, 99] for oneShotImage.latentInput, and the graph generator.onnx takes FLOAT32 [-1, 100] in its input latent.
      fashion-gan       | layout: NCHW         | layout: NHWC          | The graph makes [1, 1, 28, 28]; NHWC with 1 or 3 channels is needed.
      fashion-gan       | imageOutput: image   | imageOutput: picture  | oneShotImage.imageOutput is picture; the graph has [image].
      product-diffusion | textTokens: 24       | textTokens: 25        | The manifest promises FLOAT32 [-1, 25, 384] for diffusion.textInput, and the graph denoiser.onnx takes FLOAT32 [-1, 24, 384] in its input encoder_hidden_states.
      product-diffusion | height: 64           | height: 32            | The manifest promises FLOAT32 [-1, 3, 32, 64] for diffusion.sampleInput, and the graph denoiser.onnx takes FLOAT32 [-1, 3, 64, 64] in its input sample.
      product-diffusion | output: velocity     | output: noise         | diffusion.output is noise; the graph has [velocity].
      product-latent-diffusion | width: 64}   | width: 32}            | The decoder makes FLOAT32 [1, 3, 64, 64] in image; the manifest promises [1, 3, 64, 32].
      product-latent-diffusion | input: image | input: picture        | diffusion.encoder.input is picture; the graph encoder.onnx has the inputs image.
      product-vq        | codes: 256           | codes: 255            | The prior's logits is [1, 256]; the manifest promises [1, 255].
      product-vq        | places: 64           | places: 49            | The manifest promises codes of [-1, 49] for vqImage.places, and the decoder decoder.onnx takes {codes=INT64 [-1, 64]}.
      product-vq        | cacheSize: 81920     | cacheSize: 81921      | The manifest promises FLOAT32 [-1, 81921] for vqImage.cacheSize, and the graph prior.onnx takes FLOAT32 [-1, 81920] in its input past.
      product-vq        | textTokens: 24       | textTokens: 23        | The manifest promises FLOAT32 [-1, 23, 384] for vqImage.textTokens, and the graph prior.onnx takes FLOAT32 [-1, 24, 384] in its input words.
      tiny-copywriter   | headSize: 32         | headSize: 16          | Model tiny-copywriter cannot be loaded: The input past_key_values.0.key of model.onnx is FLOAT32 [-1, 2, -1, 32], expected is FLOAT32 [-1, 2, -1, 16]
      tiny-copywriter   | vocabularySize: 2048 | vocabularySize: 2000  | Model tiny-copywriter cannot be loaded: The output logits of model.onnx is FLOAT32 [-1, 1, 2048], expected is FLOAT32 [-1, -1, 2000]
      brief-ner         | inputIds: input_ids  | inputIds: ids         | tokenClassification.inputIds is ids; the graph has [input_ids, attention_mask, token_type_ids].
      brief-ner         | , I-CARD]            | ]                     | tokenClassification.labels names 18 labels, and the graph model.onnx makes FLOAT32 [-1, -1, 19] in its output logits.
      upscaler          | scale: 2             | scale: 3              | The graph makes FLOAT32 [1, 3, 32, 48] of FLOAT32 [1, 3, 16, 24]; the manifest promises [1, 3, 48, 72] in out.
      classifier        | height: 8            | height: 16            | The manifest promises FLOAT32 [1, 3, 16, 8] for imageClassifier.input, and the graph graph.onnx takes FLOAT32 [-1, 3, 8, 8] in its input in.
      """)
  void saysWhatContradictsTheGraph(String model, String before, String now, String sentence) throws IOException {
    Path folder = copy(model);
    say(folder, before, now);
    refused(folder, sentence);
  }
}
