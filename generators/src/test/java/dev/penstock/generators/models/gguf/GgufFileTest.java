package dev.penstock.generators.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A GGUF file's metadata and tensors are read exactly; a truncated, damaged or hostile file gives one sentence that
/// names the file, what is wrong and where, and nothing is allocated on its word.
class GgufFileTest {

  @TempDir
  private Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.gguf"), bytes);
  }

  private static GgufBuilder small() {
    return new GgufBuilder().put("general.name", "é").put("a.count", 7).put("a.long", 1L << 40).put("a.real", 0.5f)
        .put("a.flag", true).put("a.words", List.of("x", "yz")).put("a.numbers", List.of(1, 2, 3))
        .tensor("t", GgufEncoding.F32.encode(new float[] {1, 2, 3, 4, 5, 6}), 3, 2)
        .tensor("u", GgufEncoding.Q4_1.encode(new float[64]), 32, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void readsMetadataAndShapes(int version) throws IOException {
    try (var file = GgufFile.open(write(small().version(version).bytes()))) {
      assertThat(file.metadata().text("general.name")).isEqualTo("é");
      assertThat(file.metadata().size("a.count")).isEqualTo(7);
      assertThat(file.metadata().optionalWhole("a.long")).contains(1L << 40);
      assertThat(file.metadata().real("a.real")).isEqualTo(0.5);
      assertThat(file.metadata().bool("a.flag", false)).isTrue();
      assertThat(file.metadata().texts("a.words")).containsExactly("x", "yz");
      assertThat(file.metadata().wholes("a.numbers")).containsExactly(1, 2, 3);
      assertThat(file.tensors()).containsOnlyKeys("t", "u");
      assertThat(file.tensors().get("t").rows()).isEqualTo(2);
      assertThat(file.tensors().get("t").columns()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodesEveryEncodingExactly(GgufEncoding encoding) throws IOException {
    var random = new Random(1);
    float[] source = new float[3 * 64];
    for (int i = 0; i < source.length; i++) {
      source[i] = (float) random.nextGaussian();
    }
    var encoded = encoding.encode(source);

    try (var file = GgufFile.open(write(new GgufBuilder().tensor("t", encoded, 64, 3).bytes()))) {
      float[] row = new float[64];
      for (int r = 0; r < 3; r++) {
        file.tensors().get("t").read(r, row);
        assertThat(row).containsExactly(Arrays.copyOfRange(encoded.values(), r * 64, r * 64 + 64));
      }
    }
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = small().bytes();
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufFile.open(file).close()).as("cut to %d bytes", length)
          .isInstanceOf(GgufException.class).hasMessageContaining("m.gguf").hasMessageContaining("byte");
    }
  }

  @Test
  void survivesEveryDamagedByte() throws IOException {
    byte[] whole = small().bytes();
    var random = new Random(2);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Path file = write(damaged);
      try (var opened = GgufFile.open(file)) {
        for (GgufTensor tensor : opened.tensors().values()) {
          tensor.read(tensor.rows() - 1, new float[tensor.columns()]);
        }
      } catch (GgufException refused) {
        assertThat(refused).hasMessageContaining("m.gguf");
      } catch (RuntimeException other) {
        fail("byte " + at + " changed to " + damaged[at], other);
      }
    }
  }

  @Test
  void refusesOtherFilesAndVersions() throws IOException {
    assertRefused("PK34 is something else".getBytes(), "is no GGUF file: its first four bytes are not 'GGUF'.");
    assertRefused(small().version(1).bytes(), "is GGUF version 1; versions 2 and 3 in little-endian order can be read.");
    assertRefused(small().version(3 << 24).bytes(), "is GGUF in big-endian order; versions 2 and 3");
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("none.gguf")))
        .isInstanceOf(GgufException.class).hasMessageContaining("none.gguf cannot be read");
  }

  @ParameterizedTest
  @CsvSource({"10, Q2_K", "6, Q5_0", "11, Q3_K", "39, MXFP4", "77, number 77"})
  void refusesOtherEncodingsByName(int code, String name) throws IOException {
    assertRefused(new GgufBuilder().tensor("blk.0.attn_q.weight", code, new byte[999], 256, 1).bytes(),
        ": the tensor blk.0.attn_q.weight is encoded as " + name
            + "; F32, F16, Q4_0, Q4_1, Q8_0, Q4_K, Q5_K, Q6_K, BF16 can be read.");
  }

  @Test
  void refusesTensorsThatCannotBe() throws IOException {
    assertRefused(new GgufBuilder().tensor("t", 0, new byte[8], 3).bytes(),
        "the tensor t needs 1 rows of 12 bytes from byte");
    assertRefused(new GgufBuilder().tensor("t", 2, new byte[18], 33).bytes(),
        "the tensor t has rows of 33 elements; Q4_0 needs a multiple of 32.");
    assertRefused(new GgufBuilder().tensor("t", 0, new byte[8], 0).bytes(), "which is empty");
    assertRefused(new GgufBuilder().tensor("t", 0, new byte[8], 4, 1 << 30, 1 << 30).bytes(), "which is too large");
    assertRefused(new GgufBuilder().tensor("t", 0, new byte[8], Integer.MAX_VALUE, Integer.MAX_VALUE).bytes(),
        "the tensor t needs 2147483647 rows of 8589934588 bytes");
    assertRefused(new GgufBuilder().tensor("t", 0, new byte[8], 1, 1, 1, 1, 1).bytes(), "has 5 dimensions; 1 to 4");
    assertRefused(new GgufBuilder().put("general.alignment", 3).bytes(),
        "general.alignment is 3; a power of two from 8 to 1048576 is needed.");
  }

  @Test
  void namesTheKeyThatHasAnotherType() throws IOException {
    try (var file = GgufFile.open(write(small().bytes()))) {
      assertThatThrownBy(() -> file.metadata().text("a.count"))
          .hasMessageEndingWith("m.gguf: a.count is or holds a whole number; text is needed.");
      assertThatThrownBy(() -> file.metadata().texts("a.numbers"))
          .hasMessageEndingWith("m.gguf: a.numbers is or holds a whole number; a list of text is needed.");
      assertThatThrownBy(() -> file.metadata().size("missing"))
          .hasMessageEndingWith("m.gguf: the key missing is missing; the import needs it.");
    }
  }

  private void assertRefused(byte[] bytes, String sentence) throws IOException {
    Path file = write(bytes);
    assertThatThrownBy(() -> GgufFile.open(file)).isInstanceOf(GgufException.class)
        .hasMessageStartingWith(file.toString()).hasMessageContaining(sentence);
  }
}
