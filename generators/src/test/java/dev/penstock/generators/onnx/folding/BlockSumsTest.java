package dev.penstock.generators.onnx.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a packed weight is changed: the sum of every row and block gets its offset, nothing else is touched, and nothing is
/// where anything is not as expected. 20 rows of 3 blocks of 16 bytes: codes of 960 bytes, sums of 2 × 16 rows, scales.
class BlockSumsTest {

  private static final int ROWS = 20;
  private static final int BLOCKS = 3;
  private static final int SUMS = 960;
  private static final int SCALES = SUMS + 2 * 16 * BLOCKS * Float.BYTES;

  private final BlockSums layout = new BlockSums(ROWS, BLOCKS, 16, 8);
  private final float[] scales = new float[ROWS * BLOCKS];
  private final float[] offsets = new float[ROWS * BLOCKS];
  private ByteBuffer packed;

  @BeforeEach
  void pack() {
    Random random = new Random(1);
    byte[] bytes = new byte[SCALES + ROWS * BLOCKS * Float.BYTES + 126];
    random.nextBytes(bytes);
    packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < scales.length; i++) {
      scales[i] = random.nextFloat();
      offsets[i] = random.nextFloat();
      packed.putFloat(at(i / BLOCKS, i % BLOCKS), -8 * scales[i]);
    }
  }

  private static int at(int row, int block) {
    return SUMS + ((row / 16 * BLOCKS + block) * 16 + row % 16) * Float.BYTES;
  }

  @Test
  void addsTheOffsetOfEachRowAndBlock() {
    assertThat(layout.fold(packed, scales, offsets)).isEmpty();

    for (int i = 0; i < scales.length; i++)
      assertThat(packed.getFloat(at(i / BLOCKS, i % BLOCKS))).isEqualTo(-8 * scales[i] + offsets[i]);
  }

  @Test
  void leavesCodesAndScalesAsTheyAre() {
    byte[] before = packed.array().clone();
    layout.fold(packed, scales, offsets);

    assertThat(Arrays.copyOf(packed.array(), SUMS)).isEqualTo(Arrays.copyOf(before, SUMS));
    assertThat(Arrays.copyOfRange(packed.array(), SCALES, before.length)).isEqualTo(Arrays.copyOfRange(before, SCALES, before.length));
  }

  @Test
  void writesNothingWhereOneSumIsAnother() {
    packed.putFloat(at(19, 2), packed.getFloat(at(19, 2)) * 1.0000002f);
    byte[] before = packed.array().clone();

    assertThat(layout.fold(packed, scales, offsets)).get().asString().contains("row 19, block 2");
    assertThat(packed.array()).isEqualTo(before);
  }

  @Test
  void writesNothingIntoAPieceOfAnotherSize() {
    ByteBuffer shorter = packed.slice(0, packed.capacity() - 4);
    byte[] before = packed.array().clone();

    assertThat(layout.fold(shorter, scales, offsets)).get().asString().contains("bytes, not");
    assertThat(packed.array()).isEqualTo(before);
  }

  @Test
  void writesNothingWhereSumsLieRowByRow() {
    for (int i = 0; i < scales.length; i++) packed.putFloat(SUMS + i * Float.BYTES, -8 * scales[i]);
    byte[] before = packed.array().clone();

    assertThat(layout.fold(packed, scales, offsets)).isPresent();
    assertThat(packed.array()).isEqualTo(before);
  }
}
