package dev.penstock.generators.models.oneshot;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxTensorInfo;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.oneshot.LatentInputs.Label;
import dev.penstock.generators.models.oneshot.LatentInputs.Latent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A generator's graph with inputs and outputs as its family runs them: one latent float32 `[b, size]`, the class as one-hot
/// float32 `[b, labels]`, pictures as float32 with four dimensions. Nodes are put before and after, none is changed; what
/// they do is exact: parts of the latent are picked, one-hot rows are multiplied by 0, 1 and class numbers.
public final class AdaptedGraph {

  private static final int INT64 = 7;
  private static final long BATCH = -1;

  private final OnnxGraph original;
  private final Map<String, OnnxTensorInfo> constants = new LinkedHashMap<>();
  private final List<OnnxNode> before = new ArrayList<>();
  private final List<OnnxNode> after = new ArrayList<>();
  private final List<OnnxValueInfo> inputs = new ArrayList<>();
  private final List<OnnxValueInfo> outputs = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  public AdaptedGraph(OnnxGraph original) {
    this.original = original;
    original.inputs().forEach(info -> taken.add(info.name()));
    taken.addAll(original.initializers().keySet());
    original.nodes().forEach(node -> taken.addAll(node.outputs()));
  }

  /// Lets one input `[b, size]` feed all latents.
  ///
  /// @return its name
  String latent(List<Latent> latents, int size) {
    OnnxValueInfo first = latents.getFirst().info();
    if (latents.size() == 1 && latents.getFirst().shape().size() == 1 && first.elementType() == LatentInputs.FLOAT32) {
      inputs.add(first);
      return first.name();
    }
    String name = input("latent", size);
    int from = 0;
    for (Latent latent : latents) {
      String value = name;
      if (latents.size() > 1) {
        value = node("Gather", Map.of("axis", 1L), value, numbers(LongStream.range(from, from + latent.size()).toArray()));
      }
      if (latent.shape().size() > 1) {
        value = node("Reshape", Map.of(), value, shape(latent.shape().stream().mapToLong(Integer::longValue).toArray()));
      }
      put(cast(value, latent.info().elementType()), latent.info().name());
      from += latent.size();
    }
    return name;
  }

  /// Lets an input `[b, labels]` choose one of the model's classes from `firstLabel` on.
  ///
  /// @return its name
  String label(Label label, int labels, int firstLabel) {
    OnnxValueInfo info = label.info();
    if (label.classes() == labels && firstLabel == 0 && info.elementType() == LatentInputs.FLOAT32) {
      inputs.add(info);
      return info.name();
    }
    String name = input("label", labels);
    int width = Math.max(1, label.classes());
    float[] table = new float[labels * width];
    for (int i = 0; i < labels; i++) {
      if (label.classes() > 0) {
        table[i * width + firstLabel + i] = 1;
      } else {
        table[i] = firstLabel + i;
      }
    }
    String value = node("MatMul", Map.of(), name, floats(table, labels, width));
    int rank = info.dimensions().size();
    if (rank < 2) {
      value = node("Reshape", Map.of(), value, numbers(rank == 0 ? new long[0] : new long[] {BATCH}));
    }
    put(cast(value, info.elementType()), info.name());
    return name;
  }

  /// Fixes an input.
  void constant(OnnxValueInfo info, double value) {
    List<Long> shape = IntStream.range(0, info.dimensions().size()).mapToObj(i -> Math.max(1, info.dimension(i))).toList();
    int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    constants.put(info.name(), OnnxTensorInfo.of(info.name(), info.elementType(), shape, bytes(info.elementType(), value, count)));
  }

  /// Keeps an output as float32.
  ///
  /// @param shape of one row; empty: as it is
  /// @return its name
  public String output(OnnxValueInfo info, List<Long> shape) {
    String value = info.name();
    if (info.elementType() != LatentInputs.FLOAT32) {
      value = after("Cast", Map.of("to", (long) LatentInputs.FLOAT32), value);
    }
    if (!shape.isEmpty()) {
      value = after("Reshape", Map.of(), value, shape(shape.stream().mapToLong(Long::longValue).toArray()));
    }
    List<Object> dimensions = new ArrayList<>(shape);
    dimensions.addFirst("batch");
    outputs.add(new OnnxValueInfo(value, LatentInputs.FLOAT32,
        shape.isEmpty() ? value.equals(info.name()) ? info.dimensions() : unnamed(info) : dimensions));
    return value;
  }

  /// Keeps the first channels of an output `[b, channels, height, width]` as float32.
  ///
  /// @return its name
  public String firstChannels(OnnxValueInfo info, int channels) {
    String value = after("Gather", Map.of("axis", 1L), info.name(), numbers(LongStream.range(0, channels).toArray()));
    if (info.elementType() != LatentInputs.FLOAT32) {
      value = after("Cast", Map.of("to", (long) LatentInputs.FLOAT32), value);
    }
    outputs.add(new OnnxValueInfo(value, LatentInputs.FLOAT32, List.of("d0", (long) channels, "d2", "d3")));
    return value;
  }

  private static List<Object> unnamed(OnnxValueInfo info) {
    return IntStream.range(0, info.dimensions().size()).mapToObj(i -> (Object) ("d" + i)).toList();
  }

  /// Lets the timesteps of a denoiser come as float32: `[b]`, or `[1]` where it takes one number.
  ///
  /// @return its name
  public String timestep(OnnxValueInfo info) {
    boolean number = info.dimensions().isEmpty();
    if (info.elementType() == LatentInputs.FLOAT32 && !number) {
      inputs.add(info);
      return info.name();
    }
    String name = free("timesteps");
    inputs.add(new OnnxValueInfo(name, LatentInputs.FLOAT32, number ? List.of(1L) : List.of(info.dimensions().getFirst())));
    String value = number ? node("Reshape", Map.of(), name, numbers(new long[0])) : name;
    put(cast(value, info.elementType()), info.name());
    return name;
  }

  /// Lets the ids of tokens come as int64.
  ///
  /// @return its name
  public String tokens(OnnxValueInfo info) {
    if (info.elementType() == INT64) {
      inputs.add(info);
      return info.name();
    }
    String name = free("tokens");
    inputs.add(new OnnxValueInfo(name, INT64, info.dimensions()));
    put(node("Cast", Map.of("to", (long) info.elementType()), name), info.name());
    return name;
  }

  /// Lets a picture, or whatever else is numbers, come as float32.
  ///
  /// @return its name
  public String picture(OnnxValueInfo info) {
    if (info.elementType() == LatentInputs.FLOAT32) {
      inputs.add(info);
      return info.name();
    }
    String name = free("picture");
    inputs.add(new OnnxValueInfo(name, LatentInputs.FLOAT32, info.dimensions()));
    put(cast(name, info.elementType()), info.name());
    return name;
  }

  /// Whether nothing was put before or after.
  boolean isAsItWas() {
    return before.isEmpty() && after.isEmpty() && constants.isEmpty() && outputs.equals(original.outputs());
  }

  OnnxGraph graph() {
    List<OnnxNode> nodes = new ArrayList<>(before);
    nodes.addAll(original.nodes());
    nodes.addAll(after);
    Map<String, OnnxTensorInfo> all = new LinkedHashMap<>(original.initializers());
    all.putAll(constants);
    long irVersion = Math.max(4, original.irVersion());
    return new OnnxGraph(original.opsets(), irVersion, nodes, all, inputs, outputs).with(nodes, inputs, outputs);
  }

  private String input(String name, int size) {
    String free = free(name);
    inputs.add(new OnnxValueInfo(free, LatentInputs.FLOAT32, List.of("batch", (long) size)));
    return free;
  }

  private String cast(String value, int type) {
    return type == LatentInputs.FLOAT32 ? value : node("Cast", Map.of("to", (long) type), value);
  }

  private void put(String value, String name) {
    before.add(new OnnxNode("Identity", "", List.of(value), List.of(name), List.of()));
  }

  private String node(String operator, Map<String, Long> attributes, String... values) {
    return add(before, operator, attributes, values);
  }

  private String after(String operator, Map<String, Long> attributes, String... values) {
    return add(after, operator, attributes, values);
  }

  private String add(List<OnnxNode> nodes, String operator, Map<String, Long> attributes, String... values) {
    String output = free("penstock_" + operator.toLowerCase(java.util.Locale.ROOT));
    OnnxNode node = new OnnxNode(operator, "", List.of(values), List.of(output), List.of());
    for (Map.Entry<String, Long> attribute : attributes.entrySet()) {
      node = node.with(attribute.getKey(), attribute.getValue());
    }
    nodes.add(node);
    return output;
  }

  private String free(String wish) {
    String name = wish;
    for (int i = 2; !taken.add(name); i++) {
      name = wish + "_" + i;
    }
    return name;
  }

  private String shape(long[] row) {
    return numbers(LongStream.concat(LongStream.of(BATCH), LongStream.of(row)).toArray());
  }

  private String numbers(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(INT64, List.of((long) values.length), bytes.array());
  }

  private String floats(float[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(LatentInputs.FLOAT32, LongStream.of(shape).boxed().toList(), bytes.array());
  }

  private String constant(int type, List<Long> shape, byte[] contents) {
    String name = free("penstock_constant");
    constants.put(name, OnnxTensorInfo.of(name, type, shape, contents));
    return name;
  }

  private static byte[] bytes(int type, double value, int count) {
    int size = switch (type) {
      case 6 -> Integer.BYTES;
      case INT64, LatentInputs.FLOAT64 -> Long.BYTES;
      case LatentInputs.FLOAT16 -> Short.BYTES;
      case 9 -> 1;
      default -> Float.BYTES;
    };
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, count)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (type) {
        case 6 -> bytes.putInt((int) value);
        case INT64 -> bytes.putLong((long) value);
        case LatentInputs.FLOAT64 -> bytes.putDouble(value);
        case LatentInputs.FLOAT16 -> bytes.putShort(Float.floatToFloat16((float) value));
        case 9 -> bytes.put((byte) (value == 0 ? 0 : 1));
        default -> bytes.putFloat((float) value);
      }
    }
    return bytes.array();
  }
}
