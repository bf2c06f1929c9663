package dev.penstock.generators.models.onnxfile;

import java.util.List;

/// A tensor that a graph reads or writes.
///
/// @param elementType number in `TensorProto.DataType`; 1 is float32, 7 int64, 10 float16
/// @param dimensions  numbers (`Long`) or names (`String`)
public record OnnxValueInfo(String name, int elementType, List<Object> dimensions) {

  public OnnxValueInfo {
    dimensions = List.copyOf(dimensions);
  }

  /// A dimension that is a number, or -1.
  public long dimension(int index) {
    return index < dimensions.size() && dimensions.get(index) instanceof Long size ? size : -1;
  }

  static OnnxValueInfo read(ProtobufFields info) {
    ProtobufFields none = new ProtobufFields(List.of());
    ProtobufFields type = info.one(2).map(ProtobufFields.Field::message).orElse(none);
    ProtobufFields tensor = type.one(1).map(ProtobufFields.Field::message).orElse(none);
    ProtobufFields shape = tensor.one(2).map(ProtobufFields.Field::message).orElse(none);
    List<Object> dimensions = shape.all(1).map(ProtobufFields.Field::message)
        .map(dimension -> dimension.one(1).isPresent() ? (Object) dimension.number(1) : dimension.text(2)).toList();
    return new OnnxValueInfo(info.text(1), (int) tensor.number(1), dimensions);
  }
}
