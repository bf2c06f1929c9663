package dev.penstock.generators.models.onnxfile;

import java.util.List;
import java.util.stream.LongStream;

/// A named constant of a node.
public sealed interface Attribute {

  String name();

  record IntAttribute(String name, long value) implements Attribute {}

  record IntsAttribute(String name, List<Long> values) implements Attribute {}

  record FloatAttribute(String name, float value) implements Attribute {}

  static Attribute of(String name, long value) {
    return new IntAttribute(name, value);
  }

  static Attribute of(String name, long[] values) {
    return new IntsAttribute(name, LongStream.of(values).boxed().toList());
  }

  static Attribute of(String name, float value) {
    return new FloatAttribute(name, value);
  }
}
