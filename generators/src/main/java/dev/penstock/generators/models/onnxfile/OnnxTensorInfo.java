package dev.penstock.generators.models.onnxfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A constant tensor of a graph that was read; its contents stay where they are.
///
/// @param shape    its dimensions
/// @param location file of its contents beside the graph; empty: inside the graph
/// @param raw      the whole message
public record OnnxTensorInfo(String name, List<Long> shape, Optional<String> location, ByteBuffer raw) {

  private static final int RAW_DATA = 9;
  private static final int EXTERNAL_DATA = 13;

  public OnnxTensorInfo {
    shape = List.copyOf(shape);
  }

  /// A constant of our own.
  ///
  /// @param elementType number in `TensorProto.DataType`
  /// @param contents    its elements, little-endian
  public static OnnxTensorInfo of(String name, int elementType, List<Long> shape, byte[] contents) {
    var message = new ProtobufMessage();
    shape.forEach(dimension -> message.number(1, dimension));
    message.number(2, elementType).text(8, name).bytes(9, contents);
    return new OnnxTensorInfo(name, shape, Optional.empty(), ByteBuffer.wrap(message.toBytes()));
  }

  static OnnxTensorInfo read(ProtobufFields.Field field) {
    ProtobufFields tensor = field.message();
    List<Long> shape = new ArrayList<>();
    tensor.all(1).forEach(dimension -> dimension.addNumbersTo(shape));
    List<ProtobufFields> entries = tensor.all(EXTERNAL_DATA).map(ProtobufFields.Field::message).toList();
    Optional<String> location = tensor.number(14) == 1
        ? entries.stream().filter(entry -> entry.text(1).equals("location")).map(entry -> entry.text(2)).findFirst()
        : Optional.empty();
    return new OnnxTensorInfo(tensor.text(8), shape, location, field.bytes());
  }

  /// Where its contents lie in other files: keys and values as the graph has them, such as `location`, `offset`, `length`;
  /// empty if they are inside the graph.
  public Map<String, String> externalData() {
    Map<String, String> entries = new LinkedHashMap<>();
    ProtobufFields.parse(raw).all(EXTERNAL_DATA).map(ProtobufFields.Field::message)
        .forEach(entry -> entries.put(entry.text(1), entry.text(2)));
    return entries;
  }

  /// The contents of a float32 tensor.
  ///
  /// @param folder where the graph lies
  /// @throws IOException if there are not as many as the shape says
  public float[] floats(Path folder) throws IOException {
    long count = shape.stream().reduce(1L, Math::multiplyExact);
    ByteBuffer bytes = location.isPresent() ? external(folder.resolve(location.get()))
        : ProtobufFields.parse(raw).one(RAW_DATA).map(ProtobufFields.Field::bytes).orElse(ByteBuffer.allocate(0));
    if (bytes.remaining() != count * Float.BYTES)
      throw new IOException(name + " holds " + bytes.remaining() + " bytes, not " + count + " float32");
    float[] floats = new float[(int) count];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private ByteBuffer external(Path file) throws IOException {
    Map<String, String> entries = externalData();
    long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
    try (var channel = FileChannel.open(file)) {
      String length = entries.getOrDefault("length", Long.toString(channel.size() - offset));
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Long.parseLong(length)));
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
      return bytes.flip();
    }
  }

  /// The message with its contents in another file.
  ByteBuffer movedTo(Map<String, String> files) {
    if (location.isEmpty()) {
      return raw;
    }
    var message = new ProtobufMessage();
    for (ProtobufFields.Field field : ProtobufFields.parse(raw).fields()) {
      boolean moves = field.tag() == EXTERNAL_DATA && field.message().text(1).equals("location");
      if (moves) {
        message.message(EXTERNAL_DATA, new ProtobufMessage().text(1, "location")
            .text(2, files.getOrDefault(location.get(), location.get())));
      } else {
        message.raw(field.raw());
      }
    }
    return ByteBuffer.wrap(message.toBytes());
  }
}
