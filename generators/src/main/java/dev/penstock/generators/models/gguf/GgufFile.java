package dev.penstock.generators.models.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An open GGUF file, mapped: nothing of its tensors is on the heap.
///
/// Source: the GGUF specification (docs/gguf.md of ggml), versions 2 and 3, little-endian. Safe for many threads;
/// [#close()] unmaps the file, after which its tensors cannot be read.
public final class GgufFile implements AutoCloseable {

  private static final int MAGIC = 0x46554747;
  private static final int MAX_KEYS = 1 << 16;
  private static final int MAX_TENSORS = 1 << 16;
  private static final int MAX_DIMENSIONS = 4;
  private static final int DEFAULT_ALIGNMENT = 32;

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;
  private final GgufMetadata metadata;
  private final Map<String, GgufTensor> tensors;

  private GgufFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
    var cursor = new GgufCursor(path, bytes);
    checkVersion(cursor);
    long tensorCount = cursor.count("the number of tensors", MAX_TENSORS);
    long keyCount = cursor.count("the number of keys", MAX_KEYS);
    this.metadata = new GgufMetadata(path, readValues(cursor, keyCount));
    this.tensors = Collections.unmodifiableMap(readTensors(cursor, tensorCount));
  }

  /// Maps the file and reads its head.
  ///
  /// @throws GgufException the file is no GGUF, damaged, or holds tensors in an encoding that cannot be read
  public static GgufFile open(Path path) {
    Arena arena = Arena.ofShared();
    GgufFile opened = null;
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      opened = new GgufFile(path, arena, bytes);
      return opened;
    } catch (IOException unreadable) {
      throw new GgufException(path + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    } finally {
      if (opened == null) {
        arena.close();
      }
    }
  }

  public Path path() {
    return path;
  }

  public GgufMetadata metadata() {
    return metadata;
  }

  /// Tensors by name, in the file's order.
  public Map<String, GgufTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    arena.close();
  }

  private void checkVersion(GgufCursor cursor) {
    int magic = cursor.int32("the magic number");
    if (magic != MAGIC) {
      throw new GgufException(path + " is no GGUF file: its first four bytes are not 'GGUF'.");
    }
    int version = cursor.int32("the version");
    if (version < 2 || version > 3) {
      boolean bigEndian = Integer.reverseBytes(version) >= 1 && Integer.reverseBytes(version) <= 3;
      throw new GgufException(path + " is GGUF " + (bigEndian ? "in big-endian order" : "version " + version)
          + "; versions 2 and 3 in little-endian order can be read.");
    }
  }

  private Map<String, GgufValue> readValues(GgufCursor cursor, long count) {
    var values = new LinkedHashMap<String, GgufValue>();
    for (long i = 0; i < count; i++) {
      String key = cursor.text("the name of key " + i);
      if (values.put(key, cursor.value("the value of " + key)) != null) {
        throw new GgufException(path + ": the key " + key + " is there twice.");
      }
    }
    return values;
  }

  private record Header(String name, long[] dimensions, int type, long offset) {}

  private Map<String, GgufTensor> readTensors(GgufCursor cursor, long count) {
    var headers = new LinkedHashMap<String, Header>();
    for (long i = 0; i < count; i++) {
      var header = readHeader(cursor, i);
      if (headers.put(header.name(), header) != null) {
        throw new GgufException(path + ": the tensor " + header.name() + " is there twice.");
      }
    }
    long alignment = alignment();
    long start = (cursor.position() + alignment - 1) / alignment * alignment;
    var read = new LinkedHashMap<String, GgufTensor>();
    headers.values().forEach(header -> read.put(header.name(), tensor(header, start, alignment)));
    return read;
  }

  private Header readHeader(GgufCursor cursor, long index) {
    String name = cursor.text("the name of tensor " + index);
    int dimensions = cursor.int32("the number of dimensions of " + name);
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new GgufException(path + ": the tensor " + name + " has " + Integer.toUnsignedString(dimensions)
          + " dimensions; 1 to " + MAX_DIMENSIONS + " are possible.");
    }
    long[] shape = new long[dimensions];
    for (int i = 0; i < dimensions; i++) {
      shape[i] = cursor.count("dimension " + i + " of " + name, Integer.MAX_VALUE);
    }
    int type = cursor.int32("the type of " + name);
    return new Header(name, shape, type, cursor.count("the offset of " + name, bytes.byteSize()));
  }

  private long alignment() {
    long alignment = metadata.optionalWhole("general.alignment").orElse((long) DEFAULT_ALIGNMENT);
    if (alignment < 8 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
      throw new GgufException(path + ": general.alignment is " + alignment
          + "; a power of two from 8 to 1048576 is needed.");
    }
    return alignment;
  }

  private GgufTensor tensor(Header header, long start, long alignment) {
    var type = GgufTensorType.ofCode(header.type()).orElseThrow(() -> refused(header, "is encoded as "
        + GgufTensorType.nameOf(header.type()) + "; " + GgufTensorType.readable() + " can be read"));
    long columns = header.dimensions()[0];
    long rows = rows(header);
    if (columns % type.blockElements() != 0) {
      throw refused(header, "has rows of " + columns + " elements; " + type + " needs a multiple of "
          + type.blockElements());
    }
    long rowBytes = columns / type.blockElements() * type.blockBytes();
    long at = start + header.offset();
    if (header.offset() % alignment != 0) {
      throw refused(header, "starts at offset " + header.offset() + ", which is no multiple of " + alignment);
    }
    if (at > bytes.byteSize() || rows > (bytes.byteSize() - at) / rowBytes) {
      throw refused(header, "needs " + rows + " rows of " + rowBytes + " bytes from byte " + at
          + " on, but the file ends at byte " + bytes.byteSize() + "; it is truncated or damaged");
    }
    return new GgufTensor(header.name(), type, (int) rows, (int) columns, bytes.asSlice(at, rows * rowBytes));
  }

  /// The product of all dimensions but the first.
  private long rows(Header header) {
    long rows = 1;
    for (int i = 1; i < header.dimensions().length; i++) {
      rows *= header.dimensions()[i];
      if (rows > Integer.MAX_VALUE) {
        throw refused(header, "has the shape " + Arrays.toString(header.dimensions()) + ", which is too large");
      }
    }
    if (rows == 0 || header.dimensions()[0] == 0) {
      throw refused(header, "has the shape " + Arrays.toString(header.dimensions()) + ", which is empty");
    }
    return rows;
  }

  private GgufException refused(Header header, String problem) {
    return new GgufException(path + ": the tensor " + header.name() + " " + problem + ".");
  }
}
