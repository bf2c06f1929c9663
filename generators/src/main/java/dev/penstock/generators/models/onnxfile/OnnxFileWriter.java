package dev.penstock.generators.models.onnxfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes one ONNX graph and, beside it, the file of its large tensors (`<graph>.data`).
///
/// Initializers go to disk as they are added; nodes are written in the order of the calls, which must be an order of
/// computation. [#save()] writes the graph file at the end. A tensor of less than 1 KiB is kept inside the graph.
/// Both files must not exist yet. Used by one thread.
public final class OnnxFileWriter implements AutoCloseable {

  private static final int IR_VERSION = 8;
  private static final int INLINE_BELOW = 1024;

  private final Path file;
  private final String graphName;
  private final ExternalData external;
  private final ProtobufMessage graph = new ProtobufMessage();
  private final Map<String, Stored> initializers = new HashMap<>();
  private int nodes;

  private sealed interface Stored {
    TensorType type();

    long length();

    record Inline(TensorType type, byte[] bytes) implements Stored {
      @Override
      public long length() {
        return bytes.length;
      }
    }

    record External(TensorType type, ExternalData.Extent extent) implements Stored {
      @Override
      public long length() {
        return extent.length();
      }
    }
  }

  /// @param file      the graph to write, such as `model.onnx`
  /// @param graphName name inside the graph; seen in messages of the runtime
  public OnnxFileWriter(Path file, String graphName) {
    this.file = file;
    this.graphName = graphName;
    this.external = new ExternalData(file.resolveSibling(file.getFileName() + ".data"));
  }

  /// Declares an input. Dimensions are numbers (`Integer`, `Long`) or names (`String`).
  public OnnxFileWriter input(String name, TensorType type, Object... dimensions) {
    graph.message(11, valueInfo(name, type.code(), dimensions));
    return this;
  }

  /// Declares an output. Dimensions are numbers (`Integer`, `Long`) or names (`String`).
  public OnnxFileWriter output(String name, TensorType type, Object... dimensions) {
    graph.message(12, valueInfo(name, type.code(), dimensions));
    return this;
  }

  /// Appends a node. An empty name stands for an optional input or output that is left out.
  public OnnxFileWriter node(
      Domain domain, String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
    var node = new ProtobufMessage();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, operator + "_" + nodes++).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, message(attribute));
    }
    graph.message(1, node.text(7, domain.word()));
    return this;
  }

  /// Adds a constant tensor.
  ///
  /// @throws IllegalArgumentException if the name is taken or the contents do not fill the shape exactly
  public OnnxFileWriter initializer(String name, TensorType type, long[] shape, TensorBytes contents)
      throws IOException {
    long length = length(type, shape);
    return add(name, shape, length < INLINE_BELOW
        ? new Stored.Inline(type, inMemory((int) length, contents))
        : new Stored.External(type, external.add(length, contents)));
  }

  /// Adds a constant tensor that shares type and bytes with an earlier one under another shape; takes no space.
  ///
  /// @throws IllegalArgumentException if the earlier one is not there or has another size
  public OnnxFileWriter sharedInitializer(String name, long[] shape, String earlier) {
    Stored stored = initializers.get(earlier);
    if (stored == null) {
      throw new IllegalArgumentException("there is no initializer " + earlier);
    }
    if (length(stored.type(), shape) != stored.length()) {
      throw new IllegalArgumentException(name + " needs " + length(stored.type(), shape) + " bytes, " + earlier
          + " has " + stored.length());
    }
    return add(name, shape, stored);
  }

  private OnnxFileWriter add(String name, long[] shape, Stored stored) {
    if (initializers.putIfAbsent(name, stored) != null) {
      throw new IllegalArgumentException("there are two initializers " + name);
    }
    var tensor = new ProtobufMessage();
    for (long dimension : shape) {
      tensor.number(1, dimension);
    }
    tensor.number(2, stored.type().code()).text(8, name);
    switch (stored) {
      case Stored.Inline inline -> tensor.bytes(9, inline.bytes());
      case Stored.External(TensorType type, ExternalData.Extent extent) -> tensor
          .message(13, entry("location", external.location()))
          .message(13, entry("offset", Long.toString(extent.offset())))
          .message(13, entry("length", Long.toString(extent.length())))
          .number(14, 1);
    }
    graph.message(5, tensor);
    return this;
  }

  /// Writes the graph file; call it once, after everything was added.
  public void save() throws IOException {
    external.close();
    graph.text(2, graphName);
    var model = new ProtobufMessage().number(1, IR_VERSION).text(2, "penstock").message(7, graph);
    for (Domain domain : Domain.values()) {
      model.message(8, new ProtobufMessage().text(1, domain.word()).number(2, domain.version()));
    }
    Files.write(file, model.toBytes(), StandardOpenOption.CREATE_NEW);
  }

  /// Closes the data file; without [#save()] before it no graph is written.
  @Override
  public void close() throws IOException {
    external.close();
  }

  private static byte[] inMemory(int length, TensorBytes contents) throws IOException {
    var bytes = new ByteArrayOutputStream(length);
    contents.writeTo(bytes);
    if (bytes.size() != length) {
      throw new IllegalArgumentException("the tensor's shape needs " + length + " bytes, " + bytes.size()
          + " were written");
    }
    return bytes.toByteArray();
  }

  private static long length(TensorType type, long[] shape) {
    long length = type.bytes();
    for (long dimension : shape) {
      length = Math.multiplyExact(length, dimension);
    }
    return length;
  }

  private static ProtobufMessage message(Attribute attribute) {
    var message = new ProtobufMessage().text(1, attribute.name());
    return switch (attribute) {
      case Attribute.FloatAttribute(String name, float value) -> message.real(2, value).number(20, 1);
      case Attribute.IntAttribute(String name, long value) -> message.number(3, value).number(20, 2);
      case Attribute.IntsAttribute(String name, List<Long> values) -> {
        values.forEach(value -> message.number(8, value));
        yield message.number(20, 7);
      }
    };
  }

  private static ProtobufMessage entry(String key, String value) {
    return new ProtobufMessage().text(1, key).text(2, value);
  }

  static ProtobufMessage valueInfo(String name, int elementType, Object... dimensions) {
    var shape = new ProtobufMessage();
    for (Object dimension : dimensions) {
      shape.message(1, switch (dimension) {
        case String symbol -> new ProtobufMessage().text(2, symbol);
        case Integer number -> new ProtobufMessage().number(1, number);
        case Long number -> new ProtobufMessage().number(1, number);
        default -> throw new IllegalArgumentException("a dimension is a number or a name, not " + dimension);
      });
    }
    var tensor = new ProtobufMessage().number(1, elementType).message(2, shape);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
  }
}
