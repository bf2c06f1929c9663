package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.transformer.TransformerWeights.Linear;
import dev.penstock.generators.models.transformer.TransformerWeights.Norm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/// A one-layer llama, wide enough for blocks of 256, whose blocks hold random bytes.
final class BlockLlama {

  private static final int WIDTH = 256;
  private static final int KEY_VALUE_WIDTH = 64;

  /// Byte offsets of the float16 scales in a block, and their size: an element comes out at about 0.1.
  private static final Map<GgufTensorType, Map<Integer, Float>> SCALES = Map.of(
      GgufTensorType.Q4_0, Map.of(0, 0.025f), GgufTensorType.Q4_1, Map.of(0, 0.025f, 2, -0.18f),
      GgufTensorType.Q8_0, Map.of(0, 0.0015f), GgufTensorType.Q4_K, Map.of(0, 0.0008f, 2, 0.006f),
      GgufTensorType.Q5_K, Map.of(0, 0.0004f, 2, 0.006f), GgufTensorType.Q6_K, Map.of(208, 0.0001f));

  private final Random random = new Random(20261122);
  private final GgufBuilder file = TinyLlama.q8(1).file();
  private final int vocabulary = new TinyLlama(1, GgufEncoding.F32, GgufEncoding.F32, true).vocabulary.size();

  /// @param linears   type of all layers
  /// @param embedding type of the embedding, which is the head as well
  BlockLlama(GgufTensorType linears, GgufTensorType embedding) {
    this(linears, linears, embedding);
  }

  /// As above, but with layers of another type beside those that have the same input.
  ///
  /// @param valueAndUp type of value and up
  BlockLlama(GgufTensorType linears, GgufTensorType valueAndUp, GgufTensorType embedding) {
    var names = new GgufNames();
    file.put("llama.block_count", 1).put("llama.embedding_length", WIDTH).put("llama.feed_forward_length", WIDTH)
        .put("llama.attention.head_count", 16).put("llama.attention.head_count_kv", 4);
    for (Linear linear : Linear.values()) {
      file.without(names.linear(linear, 1) + ".weight");
      boolean small = linear == Linear.KEY || linear == Linear.VALUE;
      boolean other = linear == Linear.VALUE || linear == Linear.UP;
      add(names.linear(linear, 0) + ".weight", other ? valueAndUp : linears, small ? KEY_VALUE_WIDTH : WIDTH);
    }
    for (Norm norm : new Norm[] {Norm.ATTENTION, Norm.FEED_FORWARD}) {
      file.without(names.norm(norm, 1) + ".weight");
      norm(names.norm(norm, 0) + ".weight");
    }
    norm("output_norm.weight");
    add("token_embd.weight", embedding, vocabulary);
  }

  GgufBuilder file() {
    return file;
  }

  private void norm(String name) {
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    file.tensor(name, GgufEncoding.F32.encode(ones), WIDTH);
  }

  private void add(String name, GgufTensorType type, int rows) {
    byte[] bytes = new byte[rows * WIDTH / type.blockElements() * type.blockBytes()];
    random.nextBytes(bytes);
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < bytes.length; block += type.blockBytes()) {
      for (Map.Entry<Integer, Float> scale : SCALES.get(type).entrySet()) {
        float value = (float) (scale.getValue() * (1 + 0.3 * random.nextGaussian()));
        little.putShort(block + scale.getKey(), Float.floatToFloat16(value));
      }
    }
    file.tensor(name, type.code(), bytes, WIDTH, rows);
  }
}
