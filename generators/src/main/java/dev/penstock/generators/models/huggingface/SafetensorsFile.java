package dev.penstock.generators.models.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.models.ModelImportException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An open safetensors file, mapped: nothing of its tensors is on the heap.
///
/// Source: the format's description in the README of huggingface/safetensors: eight bytes of header length, a JSON
/// header, then the tensors, which cover the rest of the file without holes. Every offset is checked before it is
/// used. Safe for many threads; [#close()] unmaps the file, after which its tensors cannot be read.
public final class SafetensorsFile implements AutoCloseable {

  /// Hundreds of times what a part of a large model needs.
  private static final int MAX_HEADER = 16 << 20;
  private static final int MAX_DIMENSIONS = 8;
  private static final String METADATA = "__metadata__";
  private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;
  private final Map<String, SafetensorsMatrix> tensors;

  private SafetensorsFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
    this.tensors = Collections.unmodifiableMap(readTensors());
  }

  /// Maps the file and reads its header.
  ///
  /// @throws ModelImportException the file is damaged, or holds tensors whose elements cannot be read
  public static SafetensorsFile open(Path path) {
    Arena arena = Arena.ofShared();
    SafetensorsFile opened = null;
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      opened = new SafetensorsFile(path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      return opened;
    } catch (IOException unreadable) {
      throw new ModelImportException(path + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    } finally {
      if (opened == null) {
        arena.close();
      }
    }
  }

  /// Tensors by name, in the file's order.
  public Map<String, SafetensorsMatrix> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    arena.close();
  }

  /// @param begin first byte after the header
  /// @param end   one past the last
  private record Extent(String name, long begin, long end) {}

  private Map<String, SafetensorsMatrix> readTensors() {
    JsonFile header = readHeader();
    long start = Long.BYTES + bytes.get(LENGTH, 0);
    var read = new LinkedHashMap<String, SafetensorsMatrix>();
    List<Extent> extents = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.node().properties()) {
      if (!entry.getKey().equals(METADATA)) {
        Extent extent = extent(entry.getKey(), entry.getValue(), bytes.byteSize() - start);
        extents.add(extent);
        read.put(extent.name(), tensor(extent, entry.getValue(), start));
      }
    }
    checkCover(extents, bytes.byteSize() - start);
    return read;
  }

  private JsonFile readHeader() {
    if (bytes.byteSize() < Long.BYTES) {
      throw refused("the file has " + bytes.byteSize() + " bytes; a safetensors file has at least 8");
    }
    long length = bytes.get(LENGTH, 0);
    if (length < 0 || length > MAX_HEADER) {
      throw refused("the header claims " + Long.toUnsignedString(length) + " bytes; at most " + MAX_HEADER
          + " are possible");
    }
    if (length > bytes.byteSize() - Long.BYTES) {
      throw refused("the header claims " + length + " bytes, but the file ends at byte " + bytes.byteSize()
          + "; it is truncated or damaged");
    }
    byte[] json = bytes.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    return JsonFile.parse(path + " (its header)", json);
  }

  private Extent extent(String name, JsonNode description, long dataBytes) {
    JsonNode offsets = description.path("data_offsets");
    if (!offsets.isArray() || offsets.size() != 2 || !offsets.get(0).isIntegralNumber()
        || !offsets.get(0).canConvertToLong() || !offsets.get(1).isIntegralNumber() || !offsets.get(1).canConvertToLong()) {
      throw refused("the tensor " + name + " has no data_offsets [begin, end]");
    }
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    if (begin < 0 || end < begin || end > dataBytes) {
      throw refused("the tensor " + name + " lies at bytes " + begin + " to " + end + " of " + dataBytes
          + " bytes of data; the file is truncated or damaged");
    }
    return new Extent(name, begin, end);
  }

  private SafetensorsMatrix tensor(Extent extent, JsonNode description, long start) {
    String word = description.path("dtype").asText("");
    var type = FloatType.ofWord(word).orElseThrow(() -> refused("the tensor " + extent.name() + " has elements of type "
        + (word.isEmpty() ? "unknown" : word) + "; " + FloatType.words() + " can be read"));
    List<Long> shape = shape(extent.name(), description.path("shape"));
    long rows = 1;
    for (int i = 0; i < shape.size() - 1; i++) {
      rows = product(extent.name(), shape, rows, shape.get(i));
    }
    long columns = shape.isEmpty() ? 1 : shape.getLast();
    long elements = product(extent.name(), shape, rows, columns);
    if (elements * type.bytes() != extent.end() - extent.begin()) {
      throw refused("the tensor " + extent.name() + " of shape " + shape + " needs " + elements * type.bytes()
          + " bytes, but has " + (extent.end() - extent.begin()));
    }
    MemorySegment data = bytes.asSlice(start + extent.begin(), extent.end() - extent.begin());
    return new SafetensorsMatrix(extent.name(), type, (int) rows, (int) columns, data);
  }

  private List<Long> shape(String name, JsonNode shape) {
    if (!shape.isArray() || shape.size() > MAX_DIMENSIONS) {
      throw refused("the tensor " + name + " has no shape of at most " + MAX_DIMENSIONS + " dimensions");
    }
    List<Long> dimensions = new ArrayList<>();
    for (JsonNode dimension : shape) {
      if (!dimension.isIntegralNumber() || !dimension.canConvertToInt() || dimension.intValue() < 1) {
        throw refused("the tensor " + name + " has the dimension " + dimension.asText("unknown")
            + "; whole numbers from 1 to " + Integer.MAX_VALUE + " are possible");
      }
      dimensions.add(dimension.longValue());
    }
    return dimensions;
  }

  /// At most 2^31 - 1 rows of 2^31 - 1 elements; so four bytes each still fit a long.
  private long product(String name, List<Long> shape, long left, long right) {
    if (left > Integer.MAX_VALUE || left > Long.MAX_VALUE / Float.BYTES / right) {
      throw refused("the tensor " + name + " has the shape " + shape + ", which is too large");
    }
    return left * right;
  }

  private void checkCover(List<Extent> extents, long dataBytes) {
    extents.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
    long covered = 0;
    for (Extent extent : extents) {
      if (extent.begin() != covered) {
        throw refused("the tensor " + extent.name() + " starts at byte " + extent.begin() + " of the data, but the one "
            + "before it ends at byte " + covered);
      }
      covered = extent.end();
    }
    if (covered != dataBytes) {
      throw refused("the tensors end at byte " + covered + " of the data, but there are " + dataBytes + " bytes");
    }
  }

  private ModelImportException refused(String problem) {
    return new ModelImportException(path + ": " + problem + ".");
  }
}
