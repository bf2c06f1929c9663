package dev.penstock.generators.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Writes small ONNX graphs for tests: the protobuf messages of onnx.proto (IR version 9, opset 17,
/// other domains 1) with the fields that the tests need. Input and output dimensions are numbers or names.
public final class GraphWriter {

  public static final int FLOAT32 = 1;
  public static final int INT32 = 6;
  public static final int INT64 = 7;

  private final Message graph = new Message();
  private final Set<String> domains = new TreeSet<>(Set.of("", "com.microsoft"));
  private int nodes;

  public GraphWriter input(String name, int type, Object... dimensions) {
    graph.message(11, valueInfo(name, type, dimensions));
    return this;
  }

  public GraphWriter output(String name, int type, Object... dimensions) {
    graph.message(12, valueInfo(name, type, dimensions));
    return this;
  }

  public GraphWriter floats(String name, float[] values, long... shape) {
    ByteBuffer raw = little(values.length * 4);
    for (float value : values) raw.putFloat(value);
    return initializer(name, FLOAT32, raw, shape);
  }

  public GraphWriter longs(String name, long[] values, long... shape) {
    ByteBuffer raw = little(values.length * 8);
    for (long value : values) raw.putLong(value);
    return initializer(name, INT64, raw, shape);
  }

  private GraphWriter initializer(String name, int type, ByteBuffer raw, long... shape) {
    Message tensor = new Message();
    for (long dimension : shape) tensor.number(1, dimension);
    graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw.array()));
    return this;
  }

  public GraphWriter node(String operator, List<String> inputs, List<String> outputs, Object... attributes) {
    return node("", operator, inputs, outputs, attributes);
  }

  /// @param attributes names, each followed by its Integer, int[], Float or String
  public GraphWriter node(
      String domain, String operator, List<String> inputs, List<String> outputs, Object... attributes) {
    domains.add(domain);
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, operator + nodes++).text(4, operator);
    for (int i = 0; i < attributes.length; i += 2) {
      Message attribute = new Message().text(1, (String) attributes[i]);
      switch (attributes[i + 1]) {
        case Float number -> attribute.real(2, number).number(20, 1);
        case Integer number -> attribute.number(3, number).number(20, 2);
        case int[] numbers -> {
          for (int number : numbers) attribute.number(8, number);
          attribute.number(20, 7);
        }
        case String text -> attribute.text(4, text).number(20, 3);
        default -> throw new IllegalArgumentException("an attribute cannot be " + attributes[i + 1]);
      }
      node.message(5, attribute);
    }
    graph.message(1, node.text(7, domain));
    return this;
  }

  public byte[] bytes() {
    graph.text(2, "test");
    Message model = new Message().number(1, 9).message(7, graph);
    for (String domain : domains) model.message(8, new Message().text(1, domain).number(2, domain.isEmpty() ? 17 : 1));
    return model.toBytes();
  }

  private static Message valueInfo(String name, int type, Object... dimensions) {
    Message shape = new Message();
    for (Object dimension : dimensions) {
      Message entry = new Message();
      shape.message(1, dimension instanceof String free ? entry.text(2, free) : entry.number(1, (Integer) dimension));
    }
    Message tensorType = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensorType));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A protobuf message in the making.
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message real(int field, float value) {
      varint((long) field << 3 | 5);
      out.writeBytes(little(4).putFloat(value).array());
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
