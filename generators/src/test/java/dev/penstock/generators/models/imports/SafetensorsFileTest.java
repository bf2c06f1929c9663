package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tensors of a safetensors file are read exactly; a truncated, damaged or hostile file gives one sentence that names
/// the file and what is wrong, and nothing is allocated on its word.
class SafetensorsFileTest {

  @TempDir
  private Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.safetensors"), bytes);
  }

  private static byte[] file(String header, byte... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length).put(json).put(data).array();
  }

  private static byte[] small() {
    ByteBuffer data = ByteBuffer.allocate(8 + 4 + 4).order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(1.5f).putFloat(-2).putShort(Float.floatToFloat16(0.25f)).putShort(Float.floatToFloat16(3))
        .putShort((short) (Float.floatToIntBits(-1) >>> 16)).putShort((short) (Float.floatToIntBits(7) >>> 16));
    return file("{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
        + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]},"
        + "\"c\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[12,16]}}", data.array());
  }

  @Test
  void readsEveryElementType() throws IOException {
    try (var file = SafetensorsFile.open(write(small()))) {
      assertThat(file.tensors()).containsOnlyKeys("a", "b", "c");
      assertThat(row(file, "a", 1)).containsExactly(-2);
      assertThat(row(file, "b", 0)).containsExactly(0.25f, 3);
      assertThat(row(file, "c", 0)).containsExactly(-1, 7);
    }
  }

  private static float[] row(SafetensorsFile file, String name, int row) {
    float[] values = new float[file.tensors().get(name).columns()];
    file.tensors().get(name).read(row, values);
    return values;
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = small();
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.open(file).close()).as("cut to %d bytes", length)
          .isInstanceOf(ModelImportException.class).hasMessageContaining("m.safetensors");
    }
  }

  @Test
  void survivesEveryDamagedByte() throws IOException {
    byte[] whole = small();
    var random = new Random(2);
    for (int at = 0; at < whole.length; at++) {
      for (int round = 0; round < 4; round++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 + random.nextInt(255));
        try (var file = SafetensorsFile.open(write(damaged))) {
          file.tensors().values().forEach(tensor -> tensor.read(tensor.rows() - 1, new float[tensor.columns()]));
        } catch (ModelImportException refused) {
          assertThat(refused).hasMessageContaining("m.safetensors");
        } catch (RuntimeException other) {
          fail("byte " + at + " changed to " + damaged[at], other);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}                          | the tensor a has elements of type F8_E4M3; F32, F16, BF16 can be read.
      {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                              | the tensor a of shape [2] needs 8 bytes, but has 4.
      {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,4]}}                              | the tensor a has the dimension 0; whole numbers from 1
      {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}                             | the tensor a lies at bytes -4 to 0 of 4 bytes of data
      {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999]}}                    | the tensor a lies at bytes 0 to 99999999999 of 4 bytes of data
      {"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}} | which is too large.
      {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}              | the tensor a has no shape of at most 8 dimensions.
      {"a":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}                              | the tensor a starts at byte 2 of the data, but the one before it ends at byte 0.
      {"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}                              | the tensors end at byte 2 of the data, but there are 4 bytes.
      {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}}                       | is not readable JSON: Duplicate
      {"a":{"dtype":"F32","shape":[1]}}                                                   | the tensor a has no data_offsets [begin, end].
      {"a":7}                                                                             | the tensor a has no data_offsets [begin, end].
      [1, 2]                                                                              | is no JSON object; one is needed.
      """)
  void refusesHeadersThatCannotBe(String header, String sentence) throws IOException {
    Path file = write(file(header, new byte[4]));

    assertThatThrownBy(() -> SafetensorsFile.open(file).close()).isInstanceOf(ModelImportException.class)
        .hasMessageStartingWith(file.toString()).hasMessageContaining(sentence);
  }

  @Test
  void refusesDeepHeadersAndLongOnes() throws IOException {
    Path deep = write(file("{\"a\":" + "[".repeat(100_000), new byte[4]));
    assertThatThrownBy(() -> SafetensorsFile.open(deep).close()).isInstanceOf(ModelImportException.class)
        .hasMessageContaining("nesting depth");

    byte[] claims = file("{}");
    ByteBuffer.wrap(claims).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> SafetensorsFile.open(write(claims)).close())
        .hasMessageContaining("the header claims 9223372036854775807 bytes; at most 16777216 are possible.");
  }
}
