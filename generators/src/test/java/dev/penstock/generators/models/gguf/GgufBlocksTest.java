package dev.penstock.generators.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.transformer.BlockedMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every tensor encoding stands for exactly the floats that the PyPI package `gguf` finds in the same bytes, and its
/// blocks, as they are written into a graph, for the same floats up to rounding.
///
/// Origin of the stored blocks: `src/test/python/import-fixtures/README.md`.
class GgufBlocksTest {

  private static JsonNode cases;

  @BeforeAll
  static void readCases() throws IOException {
    try (InputStream json = GgufBlocksTest.class.getResourceAsStream("blocks.json")) {
      cases = new ObjectMapper().readTree(json).get("cases");
    }
  }

  @ParameterizedTest
  @EnumSource
  void standsForTheFloatsThatThePeerFinds(GgufTensorType type) {
    float[] expected = expected(type);
    float[] found = new float[expected.length];

    tensor(type).read(0, found);

    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i] == expected[i]).as("element %d is %s, the peer says %s", i, found[i], expected[i]).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"F32", "F16", "BF16"})
  void keepsItsBlocksAsCodesAroundAZeroPoint(GgufTensorType type) {
    float[] expected = expected(type);
    var matrix = (BlockedMatrix) tensor(type).asMatrix();
    int size = matrix.format().size();
    int[] quants = new int[expected.length];
    float[] scales = new float[expected.length / size];
    float[] minima = new float[scales.length];
    matrix.readBlocks(0, quants, scales, minima);

    int half = 1 << matrix.format().bits() - 1;
    for (int i = 0; i < expected.length; i++) {
      int code = quants[i] - matrix.format().centre();
      assertThat(code).as("code %d", i).isBetween(-half, half - 1);
      assertThat(scales[i / size] * quants[i] + minima[i / size] == expected[i]).as("element %d", i).isTrue();
      assertThat(matrix.format().hasOffsets() || minima[i / size] == 0).isTrue();
    }
  }

  private static GgufTensor tensor(GgufTensorType type) {
    byte[] bytes = Base64.getDecoder().decode(cases.get(type.name()).get("bytes").asText());
    return new GgufTensor("t", type, 1, expected(type).length, MemorySegment.ofArray(bytes));
  }

  private static float[] expected(GgufTensorType type) {
    byte[] bytes = Base64.getDecoder().decode(cases.get(type.name()).get("float32").asText());
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
