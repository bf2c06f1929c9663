package dev.penstock.generators.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.penstock.generators.onnx.InferenceException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A loaded graph. Any thread may run it, several at once; [#close] waits for running ones.
///
/// Three ways to run: [#run(Map)] allocates the outputs; [#run(Map, Map)] writes into values of the caller, where
/// one value may be an input and an output of the same run (a key-value cache that is updated in place);
/// [#bind] fixes the values once for many runs.
public final class OnnxSession implements AutoCloseable {

  private static final Pattern CUSTOM_OPERATOR = Pattern.compile("([\\w.]+):(\\w+)\\(-?\\d+\\) is not a registered function/op");
  private static final Pattern UNKNOWN_DOMAIN =
      Pattern.compile("In Node, \\(\"[^\"]*\", (\\w+), \"([\\w.]+)\".* No opset import for domain", Pattern.DOTALL);
  private static final Pattern UNKNOWN_OPERATOR = Pattern.compile("No Op registered for (\\w+) with domain_version");

  /// How the weights of most sessions are held: as the graph says.
  public static final String OWN_FORM = "own";

  private static final String DATA_FOLDER = "session.model_external_initializers_file_folder_path";

  private final String name;
  private final String form;
  private final OrtSession session;
  private final Freeing freeing;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxSession(String name, String form, OrtSession session, Freeing freeing) throws OrtException {
    this.name = name;
    this.form = form;
    this.session = session;
    this.freeing = freeing;
    this.inputs = infos(session.getInputInfo());
    this.outputs = infos(session.getOutputInfo());
  }

  /// Loads a graph from a file; external data is looked for beside it.
  ///
  /// @throws InferenceException of kind MODEL if it is not there or not a graph this runtime knows
  public static OnnxSession open(Path model) {
    if (!Files.isReadable(model))
      throw new InferenceException(Kind.MODEL, "There is no readable file " + model, null);
    return open(
        model.getFileName().toString(),
        options -> OnnxRuntime.environment().createSession(model.toString(), options));
  }

  /// As [#open(Path)], but the same bytes on the same device are loaded once in a process: sessions of one graph share its
  /// weights, and what it needs while it runs. Each is closed by whoever opened it.
  ///
  /// @param model without external data
  /// @param sha256 of its bytes
  /// @throws InferenceException of kind MODEL if it is not there or not a graph this runtime knows
  public static OnnxSession openShared(Path model, String sha256) {
    if (!Files.isReadable(model))
      throw new InferenceException(Kind.MODEL, "There is no readable file " + model, null);
    String name = model.getFileName().toString();
    try {
      SharedSessions.Use use = SharedSessions.open(sha256, () -> {
        try (OrtSession.SessionOptions options = OnnxRuntime.sessionOptions()) {
          return OnnxRuntime.environment().createSession(model.toString(), options);
        }
      });
      return new OnnxSession(name, OWN_FORM, use.session(), use::close);
    } catch (OrtException e) {
      throw new InferenceException(Kind.MODEL, sentence(name, String.valueOf(e.getMessage())), e);
    }
  }

  /// Loads a graph without external data from memory; the array may be dropped afterwards.
  ///
  /// @param name names the graph in messages
  /// @throws InferenceException of kind MODEL if it is not a graph this runtime knows
  public static OnnxSession open(String name, byte[] model) {
    return open(name, options -> OnnxRuntime.environment().createSession(model, options));
  }

  /// Loads a graph from memory whose external data lies in a folder; the array may be dropped afterwards.
  ///
  /// @param name names the graph in messages
  /// @throws InferenceException of kind MODEL if it is not a graph this runtime knows
  static OnnxSession open(String name, byte[] model, Path data) {
    return open(name, options -> inFolder(options, model, data));
  }

  /// Loads a graph from a file and writes what the runtime made of it, with its weights as the kernels read them, to
  /// `prepacked` and a file beside that.
  static OnnxSession openAndPrepack(Path model, Path prepacked) {
    return open(
        model.getFileName().toString(),
        options -> {
          prepack(options, prepacked);
          return OnnxRuntime.environment().createSession(model.toString(), options);
        });
  }

  /// As above, from memory, the external data in a folder.
  static OnnxSession openAndPrepack(String name, byte[] model, Path data, Path prepacked) {
    return open(
        name,
        options -> {
          prepack(options, prepacked);
          return inFolder(options, model, data);
        });
  }

  private static void prepack(OrtSession.SessionOptions options, Path prepacked) throws OrtException {
    options.setOptimizedModelFilePath(prepacked.toString());
    options.addConfigEntry(
        "session.optimized_model_external_initializers_file_name", prepacked.getFileName() + ".weights");
    options.addConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", "1024");
    options.addConfigEntry("session.save_external_prepacked_constant_initializers", "1");
  }

  private static OrtSession inFolder(OrtSession.SessionOptions options, byte[] model, Path data) throws OrtException {
    options.addConfigEntry(DATA_FOLDER, data.toString());
    return OnnxRuntime.environment().createSession(model, options);
  }

  /// Loads what [#openAndPrepack] wrote.
  ///
  /// @param name names the graph in messages
  /// @param form how the weights are held
  static OnnxSession openPrepacked(String name, Path prepacked, String form) {
    return open(
        name,
        form,
        options -> {
          options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
          return OnnxRuntime.environment().createSession(prepacked.toString(), options);
        });
  }

  /// Loads another graph from memory over weights that [#openAndPrepack] wrote into a folder.
  static OnnxSession openPrepacked(String name, byte[] part, Path folder, String form) {
    return open(
        name,
        form,
        options -> {
          options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
          return inFolder(options, part, folder);
        });
  }

  private static OnnxSession open(String name, Opening opening) {
    return open(name, OWN_FORM, opening);
  }

  private static OnnxSession open(String name, String form, Opening opening) {
    try (OrtSession.SessionOptions options = OnnxRuntime.sessionOptions()) {
      OrtSession session = opening.open(options);
      return new OnnxSession(name, form, session, session::close);
    } catch (OrtException e) {
      throw new InferenceException(Kind.MODEL, sentence(name, String.valueOf(e.getMessage())), e);
    }
  }

  /// Names what is missing or wrong where the runtime's message lets find it.
  private static String sentence(String name, String message) {
    Matcher custom = CUSTOM_OPERATOR.matcher(message);
    if (custom.find()) return missing(name, custom.group(2), custom.group(1));
    Matcher domain = UNKNOWN_DOMAIN.matcher(message);
    if (domain.find()) return missing(name, domain.group(1), domain.group(2));
    Matcher unknown = UNKNOWN_OPERATOR.matcher(message);
    if (unknown.find()) return missing(name, unknown.group(1), "ai.onnx");
    if (message.contains("Protobuf parsing failed")) return "The graph " + name + " is damaged: it is no readable ONNX file.";
    return "The graph " + name + " cannot be loaded: " + message;
  }

  private static String missing(String name, String operator, String domain) {
    return "The graph %s needs the operator %s of the domain %s, which ONNX Runtime %s does not have."
        .formatted(name, operator, domain, OnnxRuntime.version());
  }

  public String name() {
    return name;
  }

  /// How the weights are held, which decides the last bits of what is computed: [#OWN_FORM], or the word of a [PackedForm].
  public String form() {
    return form;
  }

  /// What the graph reads, in its own order.
  public Map<String, TensorInfo> inputs() {
    return inputs;
  }

  /// What the graph writes, in its own order.
  public Map<String, TensorInfo> outputs() {
    return outputs;
  }

  /// Runs the graph and returns all outputs, each in fresh memory.
  ///
  /// @throws InferenceException of kind ARGUMENT if a name, type or shape does not fit
  public Map<String, OnnxValue> run(Map<String, OnnxValue> inputs) {
    return run(inputs, outputs.keySet());
  }

  /// Runs the part of the graph that `requested` needs and returns those outputs, each in fresh memory.
  ///
  /// @throws InferenceException of kind ARGUMENT if a name, type or shape does not fit
  public Map<String, OnnxValue> run(Map<String, OnnxValue> inputs, Set<String> requested) {
    Map<String, OnnxTensor> tensors = tensors(inputs);
    return guarded(
        () -> {
          try (OrtSession.Result result = session.run(tensors, requested)) {
            Map<String, OnnxValue> values = new LinkedHashMap<>();
            for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result)
              values.put(output.getKey(), copy(output.getKey(), output.getValue()));
            return values;
          }
        });
  }

  /// Runs the graph into `pinned`; only these outputs are computed. Their shapes must be what the run makes.
  ///
  /// @throws InferenceException of kind ARGUMENT if a name, type or shape does not fit
  public void run(Map<String, OnnxValue> inputs, Map<String, OnnxValue> pinned) {
    runTensors(tensors(inputs), tensors(pinned));
  }

  /// Fixes the values of many runs; saves the building of 60 and more pairs each time.
  public Binding bind(Map<String, OnnxValue> inputs, Map<String, OnnxValue> pinned) {
    return new Binding(this, tensors(inputs), tensors(pinned));
  }

  void runTensors(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
    guarded(
        () -> {
          session.run(inputs, Set.of(), pinned).close();
          return true;
        });
  }

  private <T> T guarded(Running<T> running) {
    use.readLock().lock();
    try {
      if (closed) throw new IllegalStateException("the session " + name + " is closed");
      return running.run();
    } catch (OrtException e) {
      throw InferenceException.of("A run of " + name + " failed", e);
    } finally {
      use.readLock().unlock();
    }
  }

  private OnnxValue copy(String output, ai.onnxruntime.OnnxValue value) {
    if (value instanceof OnnxTensor tensor) {
      long[] shape = tensor.getInfo().getShape();
      switch (tensor.getInfo().type) {
        case FLOAT -> {
          return OnnxValue.copyOf(tensor.getFloatBuffer().array(), shape);
        }
        case INT64 -> {
          return OnnxValue.copyOf(tensor.getLongBuffer().array(), shape);
        }
        case INT32 -> {
          return OnnxValue.copyOf(tensor.getIntBuffer().array(), shape);
        }
        default -> {}
      }
    }
    throw new InferenceException(
        Kind.ARGUMENT,
        "The output " + output + " of " + name + " is " + outputs.get(output) + "; read are float32, int64, int32",
        null);
  }

  private static Map<String, OnnxTensor> tensors(Map<String, OnnxValue> values) {
    Map<String, OnnxTensor> tensors = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach((key, value) -> tensors.put(key, value.tensor()));
    return tensors;
  }

  private static Map<String, TensorInfo> infos(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    nodes.forEach(
        (key, node) -> {
          if (node.getInfo() instanceof ai.onnxruntime.TensorInfo tensor) {
            String type = tensor.type.name().replaceAll("^FLOAT$", "FLOAT32");
            infos.put(key, new TensorInfo(type, Arrays.stream(tensor.getShape()).boxed().toList()));
          }
        });
    return Collections.unmodifiableMap(infos);
  }

  /// Frees the graph once no run uses it, and returns its memory to the system. Twice is once.
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (closed) return;
      closed = true;
      freeing.free();
      NativeMemory.giveBackFreed();
    } catch (OrtException e) {
      throw InferenceException.of("The session " + name + " cannot be closed", e);
    } finally {
      use.writeLock().unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private interface Opening {
    OrtSession open(OrtSession.SessionOptions options) throws OrtException;
  }

  private interface Freeing {
    void free() throws OrtException;
  }

  private interface Running<T> {
    T run() throws OrtException;
  }
}
