package dev.penstock.generators.models.onnxfile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A constant tensor of a graph that was read; its contents stay where they are.
///
/// @param shape    its dimensions
/// @param location file of its contents beside the graph; empty: inside the graph
/// @param raw      the whole message
public record OnnxTensorInfo(String name, List<Long> shape, Optional<String> location, ByteBuffer raw) {

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
    tensor.all(1).forEach(dimension -> {
      if (dimension.bytes().hasRemaining()) {
        packed(dimension.bytes(), shape);
      } else {
        shape.add(dimension.number());
      }
    });
    List<ProtobufFields> entries = tensor.all(EXTERNAL_DATA).map(ProtobufFields.Field::message).toList();
    Optional<String> location = tensor.number(14) == 1
        ? entries.stream().filter(entry -> entry.text(1).equals("location")).map(entry -> entry.text(2)).findFirst()
        : Optional.empty();
    return new OnnxTensorInfo(tensor.text(8), shape, location, field.bytes());
  }

  /// Dimensions packed into one field: each a varint.
  private static void packed(ByteBuffer bytes, List<Long> shape) {
    ByteBuffer left = bytes.duplicate();
    while (left.hasRemaining()) {
      long value = 0;
      for (int shift = 0; left.hasRemaining(); shift += 7) {
        byte next = left.get();
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          break;
        }
      }
      shape.add(value);
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
