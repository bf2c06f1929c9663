package dev.penstock.generators.image.vq;

import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.onnx.GraphWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A prior and a decoder for tests, whose outputs are formulas: 5 codes, 6 places, 2 x 3 pixels in colour.
final class VqImageModels {

  static final int CODES = 5;
  static final int PLACES = 6;
  static final int CACHE = 4;
  static final int WORDS = 6;

  private VqImageModels() {}

  static ModelFolder write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("prior.onnx"), prior());
    Files.write(folder.resolve("decoder.onnx"), decoder());
    VqImageSection section =
        new VqImageSection("prior.onnx", "decoder.onnx", CODES, PLACES, CACHE, WORDS, new OutputRange(0, 1));
    ModelManifest manifest =
        new ModelManifest(
            "test-codes", "1.0.0", Modality.IMAGE, "Apache-2.0", "test", "For tests.",
            Map.of("prior.onnx", Sha256.of(folder.resolve("prior.onnx")), "decoder.onnx", Sha256.of(folder.resolve("decoder.onnx"))),
            new ModelParameters(Map.of()), section, Map.of());
    Files.writeString(folder.resolve(ModelManifest.FILE_NAME), manifest.toYaml());
    return ModelFolder.open(folder);
  }

  /// What a code, a position and the words add to what is kept, and what is kept to the logits.
  static float[] weights(int count, int seed) {
    Random random = new Random(seed);
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) weights[i] = (float) random.nextGaussian();
    return weights;
  }

  /// present = tanh(past / 2 + code a + position b + gist c), logits = present w; the gist is the sum of the words' first
  /// numbers.
  private static byte[] prior() {
    return new GraphWriter()
        .input("code", GraphWriter.INT64, "batch")
        .input("position", GraphWriter.INT64, "batch")
        .input("words", GraphWriter.FLOAT32, "batch", WORDS, 384)
        .input("mask", GraphWriter.FLOAT32, "batch", WORDS)
        .input("past", GraphWriter.FLOAT32, "batch", CACHE)
        .output("logits", GraphWriter.FLOAT32, "batch", CODES)
        .output("present", GraphWriter.FLOAT32, "batch", CACHE)
        .floats("half", new float[] {0.5f})
        .floats("a", weights(CACHE, 1), 1, CACHE)
        .floats("b", weights(CACHE, 2), 1, CACHE)
        .floats("c", weights(CACHE, 3), 1, CACHE)
        .floats("w", weights(CACHE * CODES, 4), CACHE, CODES)
        .longs("column", new long[] {-1, 1}, 2)
        .longs("last", new long[] {2}, 1)
        .longs("second", new long[] {1}, 1)
        .longs("from", new long[] {0}, 1)
        .longs("to", new long[] {4}, 1)
        .node("Slice", List.of("words", "from", "to", "last"), List.of("some"))
        .node("ReduceSum", List.of("some", "last"), List.of("each"), "keepdims", 0)
        .node("Mul", List.of("each", "mask"), List.of("there"))
        .node("ReduceSum", List.of("there", "second"), List.of("gist"), "keepdims", 1)
        .node("Cast", List.of("code"), List.of("codes"), "to", 1)
        .node("Reshape", List.of("codes", "column"), List.of("codeColumn"))
        .node("Cast", List.of("position"), List.of("positions"), "to", 1)
        .node("Reshape", List.of("positions", "column"), List.of("positionColumn"))
        .node("Mul", List.of("codeColumn", "a"), List.of("ofCode"))
        .node("Mul", List.of("positionColumn", "b"), List.of("ofPosition"))
        .node("Mul", List.of("gist", "c"), List.of("ofWords"))
        .node("Mul", List.of("past", "half"), List.of("kept"))
        .node("Add", List.of("kept", "ofCode"), List.of("x"))
        .node("Add", List.of("x", "ofPosition"), List.of("y"))
        .node("Add", List.of("y", "ofWords"), List.of("z"))
        .node("Tanh", List.of("z"), List.of("present"))
        .node("MatMul", List.of("present", "w"), List.of("logits"))
        .bytes();
  }

  /// Every code is a grey, once for each channel: image = code / 4.
  private static byte[] decoder() {
    return new GraphWriter()
        .input("codes", GraphWriter.INT64, "batch", PLACES)
        .output("image", GraphWriter.FLOAT32, "batch", 3, 2, 3)
        .floats("quarter", new float[] {0.25f})
        .longs("plane", new long[] {-1, 1, 2, 3}, 4)
        .longs("thrice", new long[] {1, 3, 1, 1}, 4)
        .node("Cast", List.of("codes"), List.of("numbers"), "to", 1)
        .node("Mul", List.of("numbers", "quarter"), List.of("greys"))
        .node("Reshape", List.of("greys", "plane"), List.of("grey"))
        .node("Tile", List.of("grey", "thrice"), List.of("image"))
        .bytes();
  }
}
