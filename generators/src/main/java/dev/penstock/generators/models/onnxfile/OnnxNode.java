package dev.penstock.generators.models.onnxfile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A node of a graph that was read.
///
/// @param operator   such as `MatMul`
/// @param domain     empty for the standard operators
/// @param inputs     names; empty where an optional one is left out
/// @param outputs    names; empty where an optional one is left out
/// @param attributes as they were
public record OnnxNode(String operator, String domain, List<String> inputs, List<String> outputs,
    List<RawAttribute> attributes) {

  /// An attribute as it was read.
  ///
  /// @param number    value of a whole-number attribute, or 0
  /// @param hasGraphs whether it holds subgraphs
  /// @param raw       the whole message
  public record RawAttribute(String name, long number, boolean hasGraphs, byte[] raw) {}

  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
  }

  /// Whether it is this operator of ONNX Runtime's own domain.
  public boolean isContributed(String operator) {
    return this.operator.equals(operator) && domain.equals(Domain.MICROSOFT.word());
  }

  /// A whole-number attribute, or what it is when left out.
  public long number(String attribute, long otherwise) {
    return attributes.stream().filter(one -> one.name().equals(attribute)).mapToLong(RawAttribute::number).findFirst()
        .orElse(otherwise);
  }

  /// A float attribute, or what it is when left out.
  public float real(String attribute, float otherwise) {
    return message(attribute).flatMap(message -> message.one(2)).map(field -> field.bytes().getFloat(0)).orElse(otherwise);
  }

  /// An attribute of several whole numbers; none if it is left out.
  public List<Long> numbers(String attribute) {
    List<Long> numbers = new ArrayList<>();
    message(attribute).ifPresent(message -> message.all(8).forEach(field -> field.addNumbersTo(numbers)));
    return numbers;
  }

  private Optional<ProtobufFields> message(String attribute) {
    return attributes.stream().filter(one -> one.name().equals(attribute)).findFirst()
        .map(one -> ProtobufFields.parse(ByteBuffer.wrap(one.raw())));
  }

  public OnnxNode withInputs(List<String> inputs) {
    return new OnnxNode(operator, domain, inputs, outputs, attributes);
  }

  /// The node with one whole-number attribute set.
  public OnnxNode with(String attribute, long value) {
    byte[] raw = new ProtobufMessage().text(1, attribute).number(3, value).number(20, 2).toBytes();
    return with(new RawAttribute(attribute, value, false, raw));
  }

  /// The node with one attribute of several whole numbers set.
  public OnnxNode with(String attribute, long first, long second, long... more) {
    var message = new ProtobufMessage().text(1, attribute).number(8, first).number(8, second);
    LongStream.of(more).forEach(value -> message.number(8, value));
    return with(new RawAttribute(attribute, 0, false, message.number(20, 7).toBytes()));
  }

  private OnnxNode with(RawAttribute attribute) {
    List<RawAttribute> changed = attributes.stream().filter(one -> !one.name().equals(attribute.name()))
        .collect(Collectors.toList());
    changed.add(attribute);
    return new OnnxNode(operator, domain, inputs, outputs, changed);
  }

  /// The node with values renamed.
  public OnnxNode renamed(Map<String, String> names) {
    return new OnnxNode(operator, domain, inputs.stream().map(name -> names.getOrDefault(name, name)).toList(),
        outputs.stream().map(name -> names.getOrDefault(name, name)).toList(), attributes);
  }

  static OnnxNode read(ProtobufFields node) {
    return new OnnxNode(node.text(4), node.text(7), node.texts(1), node.texts(2),
        node.all(5).map(OnnxNode::attribute).toList());
  }

  private static RawAttribute attribute(ProtobufFields.Field field) {
    ProtobufFields message = field.message();
    byte[] raw = new byte[field.bytes().remaining()];
    field.bytes().duplicate().get(raw);
    return new RawAttribute(message.text(1), message.number(3),
        message.one(6).isPresent() || message.one(11).isPresent(), raw);
  }

  ProtobufMessage toMessage(int number) {
    var message = new ProtobufMessage();
    inputs.forEach(input -> message.text(1, input));
    outputs.forEach(output -> message.text(2, output));
    message.text(3, operator + "_" + number).text(4, operator);
    attributes.forEach(attribute -> message.bytes(5, attribute.raw()));
    return message.text(7, domain);
  }
}
