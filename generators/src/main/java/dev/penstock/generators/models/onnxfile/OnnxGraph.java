package dev.penstock.generators.models.onnxfile;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An ONNX graph that was read, to be changed and written again. Immutable; constants stay in the mapped file.
///
/// @param opsets       operator sets by domain
/// @param nodes        in an order of computation
/// @param initializers constants by name
/// @param inputs       what it reads, without constants that are also listed as inputs
/// @param outputs      what it writes
public record OnnxGraph(Map<String, Long> opsets, long irVersion, List<OnnxNode> nodes,
    Map<String, OnnxTensorInfo> initializers, List<OnnxValueInfo> inputs, List<OnnxValueInfo> outputs) {

  public OnnxGraph {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// Reads a graph of up to 2 GiB (without its external data).
  ///
  /// @throws IllegalArgumentException if it is no ONNX graph; the message says why
  public static OnnxGraph read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("it has " + channel.size() + " bytes; ONNX files have at most 2 GiB");
      }
      return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  private static OnnxGraph read(ByteBuffer bytes) {
    ProtobufFields model = ProtobufFields.parse(bytes);
    ProtobufFields graph = model.one(7).map(ProtobufFields.Field::message)
        .orElseThrow(() -> new IllegalArgumentException("it holds no graph"));
    if (model.one(25).isPresent()) {
      throw new IllegalArgumentException("it defines functions of its own");
    }
    Map<String, Long> opsets = new HashMap<>();
    model.all(8).map(ProtobufFields.Field::message).forEach(opset -> opsets.put(opset.text(1), opset.number(2)));
    Map<String, OnnxTensorInfo> initializers = new LinkedHashMap<>();
    graph.all(5).map(OnnxTensorInfo::read).forEach(tensor -> initializers.put(tensor.name(), tensor));
    return new OnnxGraph(opsets, model.number(1),
        graph.all(1).map(node -> OnnxNode.read(node.message())).toList(), initializers,
        graph.all(11).map(info -> OnnxValueInfo.read(info.message()))
            .filter(info -> !initializers.containsKey(info.name())).toList(),
        graph.all(12).map(info -> OnnxValueInfo.read(info.message())).toList());
  }

  /// The node that writes each value; inputs and constants are not among them.
  public Map<String, OnnxNode> producers() {
    return producers(nodes);
  }

  private static Map<String, OnnxNode> producers(List<OnnxNode> nodes) {
    Map<String, OnnxNode> producers = new HashMap<>();
    nodes.forEach(node -> node.outputs().stream().filter(name -> !name.isEmpty())
        .forEach(name -> producers.put(name, node)));
    return producers;
  }

  /// The graph with other nodes, inputs and outputs; nodes and constants that no output needs are left out.
  public OnnxGraph with(List<OnnxNode> nodes, List<OnnxValueInfo> inputs, List<OnnxValueInfo> outputs) {
    Set<String> needed = needed(nodes, outputs);
    Map<String, OnnxTensorInfo> kept = new LinkedHashMap<>(initializers);
    kept.keySet().retainAll(needed);
    return new OnnxGraph(opsets, irVersion,
        nodes.stream().filter(node -> node.outputs().stream().anyMatch(needed::contains)).toList(), kept, inputs, outputs);
  }

  private static Set<String> needed(List<OnnxNode> nodes, List<OnnxValueInfo> outputs) {
    Map<String, OnnxNode> producers = producers(nodes);
    Deque<String> open = new ArrayDeque<>(outputs.stream().map(OnnxValueInfo::name).toList());
    Set<String> needed = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.pop();
      if (needed.add(name) && producers.get(name) instanceof OnnxNode node) {
        open.addAll(node.inputs());
      }
    }
    return needed;
  }

  /// Names that nodes or outputs use but nothing provides.
  public Set<String> missing() {
    Set<String> provided = new HashSet<>(initializers.keySet());
    inputs.forEach(input -> provided.add(input.name()));
    nodes.forEach(node -> provided.addAll(node.outputs()));
    Set<String> missing = new HashSet<>();
    nodes.forEach(node -> missing.addAll(node.inputs()));
    outputs.forEach(output -> missing.add(output.name()));
    missing.removeAll(provided);
    missing.remove("");
    return missing;
  }

  /// Files that constants lie in, besides the graph.
  public Set<String> dataFiles() {
    Set<String> files = new HashSet<>();
    initializers.values().forEach(tensor -> tensor.location().ifPresent(files::add));
    return files;
  }

  /// Writes the graph.
  ///
  /// @param file       must not exist yet
  /// @param constants  further constants: int64 vectors by name
  /// @param dataFiles  new names of the files that constants lie in
  public void write(Path file, Map<String, long[]> constants, Map<String, String> dataFiles) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      write(out, constants, dataFiles);
    }
  }

  /// What [#write] would put into the file; for graphs whose constants lie in other files.
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out, Map.of(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void write(OutputStream out, Map<String, long[]> constants, Map<String, String> dataFiles) throws IOException {
    List<ByteBuffer> parts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      parts.add(ByteBuffer.wrap(new ProtobufMessage().message(1, nodes.get(i).toMessage(i)).toBytes()));
    }
    parts.add(ByteBuffer.wrap(new ProtobufMessage().text(2, "imported").toBytes()));
    initializers.values().forEach(tensor -> {
      ByteBuffer moved = tensor.movedTo(dataFiles);
      parts.add(ByteBuffer.wrap(ProtobufMessage.head(5, moved.remaining())));
      parts.add(moved.duplicate());
    });
    constants.forEach((key, values) -> parts.add(ByteBuffer.wrap(
        new ProtobufMessage().message(5, constant(key, values)).toBytes())));
    inputs.forEach(info -> parts.add(ByteBuffer.wrap(new ProtobufMessage().message(11, message(info)).toBytes())));
    outputs.forEach(info -> parts.add(ByteBuffer.wrap(new ProtobufMessage().message(12, message(info)).toBytes())));
    save(out, parts);
  }

  private void save(OutputStream out, List<ByteBuffer> graph) throws IOException {
    long length = graph.stream().mapToLong(ByteBuffer::remaining).sum();
    var head = new ProtobufMessage().number(1, irVersion).text(2, "penstock");
    opsets.forEach((domain, version) -> head.message(8, new ProtobufMessage().text(1, domain).number(2, version)));
    out.write(head.toBytes());
    out.write(ProtobufMessage.head(7, length));
    var channel = Channels.newChannel(out);
    for (ByteBuffer part : graph) {
      channel.write(part);
    }
  }

  private static ProtobufMessage constant(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return new ProtobufMessage().number(1, values.length).number(2, TensorType.INT64.code()).text(8, name)
        .bytes(9, raw.array());
  }

  private static ProtobufMessage message(OnnxValueInfo info) {
    return OnnxFileWriter.valueInfo(info.name(), info.elementType(), info.dimensions().toArray());
  }
}
