package dev.penstock.generators.onnx;

import java.util.List;
import java.util.Objects;

/// What a graph declares about an input or output.
///
/// @param type `FLOAT32`, `INT64`, `INT32`, or another name of ONNX in capitals, for example `UINT8`
/// @param shape one entry a dimension, -1 where the graph leaves it open
public record TensorInfo(String type, List<Long> shape) {

  public TensorInfo {
    Objects.requireNonNull(type);
    shape = List.copyOf(shape);
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
