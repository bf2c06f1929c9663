package dev.penstock.generators.models.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes small GGUF files for tests, by the specification and without the product's reader.
public final class GgufBuilder {

  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Map<String, Entry> tensors = new LinkedHashMap<>();
  private int version = 3;

  private record Entry(long[] dimensions, int type, byte[] bytes) {}

  GgufBuilder version(int version) {
    this.version = version;
    return this;
  }

  /// @param value an `Integer` (uint32), `Long` (uint64), `Float`, `Boolean`, `String`, or a list of `String` or
  ///     `Integer`; null removes the key
  GgufBuilder put(String key, Object value) {
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    return this;
  }

  /// @param dimensions the fastest first, as the file has them
  GgufBuilder tensor(String name, GgufEncoding.Encoded encoded, long... dimensions) {
    return tensor(name, encoded.type(), encoded.bytes(), dimensions);
  }

  GgufBuilder tensor(String name, int type, byte[] bytes, long... dimensions) {
    tensors.put(name, new Entry(dimensions, type, bytes));
    return this;
  }

  GgufBuilder without(String tensor) {
    tensors.remove(tensor);
    return this;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  public byte[] bytes() {
    var head = new Little();
    head.int32(0x46554747).int32(version).int64(tensors.size()).int64(metadata.size());
    metadata.forEach((key, value) -> head.text(key).value(value));
    var data = new Little();
    tensors.forEach((name, tensor) -> {
      head.text(name).int32(tensor.dimensions().length);
      for (long dimension : tensor.dimensions()) {
        head.int64(dimension);
      }
      data.pad();
      head.int32(tensor.type()).int64(data.out.size());
      data.out.writeBytes(tensor.bytes());
    });
    head.pad();
    head.out.writeBytes(data.out.toByteArray());
    return head.out.toByteArray();
  }

  private static final class Little {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Little int32(int value) {
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
      return this;
    }

    Little int64(long value) {
      out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
      return this;
    }

    Little text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int64(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Little value(Object value) {
      int32(type(value));
      return bare(value);
    }

    private Little bare(Object value) {
      switch (value) {
        case Integer number -> int32(number);
        case Long number -> int64(number);
        case Float number -> int32(Float.floatToRawIntBits(number));
        case Boolean flag -> out.write(flag ? 1 : 0);
        case String text -> text(text);
        case List<?> items -> {
          int32(type(items.getFirst())).int64(items.size());
          items.forEach(this::bare);
        }
        default -> throw new IllegalArgumentException("no GGUF value: " + value);
      }
      return this;
    }

    private static int type(Object value) {
      return switch (value) {
        case Integer number -> 4;
        case Float number -> 6;
        case Boolean flag -> 7;
        case String text -> 8;
        case List<?> items -> 9;
        case Long number -> 10;
        default -> throw new IllegalArgumentException("no GGUF value: " + value);
      };
    }

    void pad() {
      while (out.size() % 32 != 0) {
        out.write(0);
      }
    }
  }
}
