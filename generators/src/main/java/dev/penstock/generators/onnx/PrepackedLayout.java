package dev.penstock.generators.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Moves what ONNX Runtime wrote beside a graph to offsets that its kernels can read in place. Version 1.29 writes
/// prepacked weights one behind another wherever they end; mapped from there, a kernel that loads aligned registers
/// ends the process.
///
/// The graph names each piece of the file in the external data of an initializer (onnx.proto: ModelProto.graph = 7,
/// GraphProto.initializer = 5, TensorProto.external_data = 13, StringStringEntryProto.key = 1, value = 2): raw weights as
/// `offset` and `length`, prepacked ones as `prepacked_{n}` with `{kernel}|{offset};{length};{checksum}`, more pieces
/// behind further bars.
final class PrepackedLayout {

  /// A page: enough for every register and cache line.
  private static final long ALIGNMENT = 4096;

  private static final int[] TENSORS = {7, 5};
  private static final int EXTERNAL_DATA = 13;

  /// Old offset to length, then old offset to new one.
  private final SortedMap<Long, Long> lengths = new TreeMap<>();
  private final SortedMap<Long, Long> offsets = new TreeMap<>();

  private PrepackedLayout() {}

  /// @throws IOException if a file cannot be read or written, or names pieces that are not in the other
  static void align(Path graph, Path weights) throws IOException {
    PrepackedLayout layout = new PrepackedLayout();
    byte[] before = Files.readAllBytes(graph);
    rewritten(before, 0, layout::collect);
    layout.assign();
    Path aligned = weights.resolveSibling(weights.getFileName() + ".aligned");
    layout.copy(weights, aligned);
    Files.move(aligned, weights, StandardCopyOption.REPLACE_EXISTING);
    Files.write(graph, rewritten(before, 0, layout::moved));
  }

  private void assign() {
    long end = 0;
    for (var piece : lengths.entrySet()) {
      offsets.put(piece.getKey(), end);
      end = Math.ceilDiv(end + piece.getValue(), ALIGNMENT) * ALIGNMENT;
    }
  }

  private void copy(Path from, Path to) throws IOException {
    try (FileChannel source = FileChannel.open(from);
        FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (var piece : lengths.entrySet()) {
        if (piece.getKey() + piece.getValue() > source.size())
          throw new IOException(from + " ends before byte " + (piece.getKey() + piece.getValue()));
        target.position(offsets.get(piece.getKey()));
        for (long done = 0; done < piece.getValue(); )
          done += source.transferTo(piece.getKey() + done, piece.getValue() - done, target);
      }
    }
  }

  /// Notes the pieces of one tensor.
  private byte[] collect(byte[] tensor) throws IOException {
    long offset = 0;
    long length = -1;
    for (byte[] entry : entries(tensor)) {
      String key = text(entry, 1);
      String value = text(entry, 2);
      if (key.equals("offset")) offset = Long.parseLong(value);
      if (key.equals("length")) length = Long.parseLong(value);
      if (key.startsWith("prepacked_")) {
        for (String piece : pieces(value)) {
          String[] numbers = piece.split(";");
          lengths.merge(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Math::max);
        }
      }
    }
    if (length >= 0) lengths.merge(offset, length, Math::max);
    return tensor;
  }

  private static List<String> pieces(String value) {
    String[] parts = value.split("\\|");
    return List.of(parts).subList(1, parts.length);
  }

  /// One tensor with its pieces at their new offsets.
  private byte[] moved(byte[] tensor) throws IOException {
    return fields(tensor, (field, bytes) -> field == EXTERNAL_DATA ? movedEntry(bytes) : bytes);
  }

  private byte[] movedEntry(byte[] entry) throws IOException {
    String key = text(entry, 1);
    String value = text(entry, 2);
    if (key.equals("offset")) value = Long.toString(moved(value));
    if (key.startsWith("prepacked_"))
      value = value.substring(0, value.indexOf('|')) + pieces(value).stream().map(this::movedPiece)
          .collect(Collectors.joining("|", "|", ""));
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return fields(entry, (field, old) -> field == 2 ? bytes : old);
  }

  private String movedPiece(String piece) {
    int end = piece.indexOf(';');
    return moved(piece.substring(0, end)) + piece.substring(end);
  }

  private long moved(String offset) {
    return offsets.get(Long.valueOf(offset));
  }

  private static byte[] rewritten(byte[] message, int depth, Change tensor) throws IOException {
    return fields(message, (field, bytes) -> field != TENSORS[depth] ? bytes
        : depth == TENSORS.length - 1 ? tensor.of(bytes) : rewritten(bytes, depth + 1, tensor));
  }

  private static List<byte[]> entries(byte[] tensor) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    fields(tensor, (field, bytes) -> {
      if (field == EXTERNAL_DATA) entries.add(bytes);
      return bytes;
    });
    return entries;
  }

  private static String text(byte[] message, int wanted) throws IOException {
    StringBuilder text = new StringBuilder();
    fields(message, (field, bytes) -> {
      if (field == wanted) text.append(new String(bytes, StandardCharsets.UTF_8));
      return bytes;
    });
    return text.toString();
  }

  /// A message with its fields of bytes, texts and messages changed; all else as it is.
  private static byte[] fields(byte[] message, FieldChange change) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      long tag = varint(in);
      write(out, tag);
      switch ((int) (tag & 7)) {
        case 0 -> write(out, varint(in));
        case 1 -> out.writeBytes(taken(in, 8));
        case 2 -> {
          byte[] changed = change.of((int) (tag >>> 3), taken(in, (int) varint(in)));
          write(out, changed.length);
          out.writeBytes(changed);
        }
        case 5 -> out.writeBytes(taken(in, 4));
        default -> throw new IOException("the graph is no protobuf message: field type " + (tag & 7));
      }
    }
    return out.toByteArray();
  }

  private static byte[] taken(ByteBuffer in, int count) throws IOException {
    if (count < 0 || count > in.remaining()) throw new IOException("the graph is cut off");
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer in) throws IOException {
    long value = 0;
    for (int shift = 0; in.hasRemaining(); shift += 7) {
      byte next = in.get();
      value |= (long) (next & 127) << shift;
      if (next >= 0) return value;
    }
    throw new IOException("the graph is cut off");
  }

  private static void write(ByteArrayOutputStream out, long value) {
    for (; (value & ~127L) != 0; value >>>= 7) out.write((int) (value & 127 | 128));
    out.write((int) value);
  }

  private interface Change {
    byte[] of(byte[] tensor) throws IOException;
  }

  private interface FieldChange {
    byte[] of(int field, byte[] bytes) throws IOException;
  }
}
