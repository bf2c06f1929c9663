package dev.penstock.generators.onnx;

import ai.onnxruntime.OrtException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// ONNX Runtime refused or failed. The message names the session and holds no tensor contents.
public final class InferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public InferenceException(Kind kind, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = Objects.requireNonNull(kind);
  }

  public Kind kind() {
    return kind;
  }

  /// What kind of failure it is; decides what may help.
  public enum Kind {
    /// The file is not there or is not a graph this runtime can load. Nothing helps but another file.
    MODEL,
    /// A name, an element type or a shape does not fit the graph. A fault of the caller.
    ARGUMENT,
    /// Memory ran out. A smaller batch may help.
    MEMORY,
    /// Anything else that failed inside a run.
    RUNTIME
  }

  static InferenceException of(String what, OrtException cause) {
    return new InferenceException(kindOf(cause), what + ": " + cause.getMessage(), cause);
  }

  private static Kind kindOf(OrtException cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    if (message.contains("failed to allocate memory")
        || message.contains("bad_alloc")
        || message.contains("bad allocation")
        || message.contains("out of memory")) return Kind.MEMORY;
    return switch (cause.getCode()) {
      case ORT_NO_SUCHFILE, ORT_NO_MODEL, ORT_INVALID_PROTOBUF, ORT_INVALID_GRAPH, ORT_NOT_IMPLEMENTED -> Kind.MODEL;
      case ORT_INVALID_ARGUMENT, ORT_JAVA_UNKNOWN -> Kind.ARGUMENT;
      default -> Kind.RUNTIME;
    };
  }
}
