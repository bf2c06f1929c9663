package dev.penstock.generators.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.penstock.generators.placement.Placement;
import java.util.Optional;

/// ONNX Runtime in this process: one environment with one thread pool that all sessions share, so that several
/// loaded models do not bring several pools to the same cores. Made at first use; lives as long as the process.
///
/// The pool's threads do not spin while they wait: beside Kafka's threads spinning costs more than it gains
/// (measured on 2 cores: 1.9 times the quiet step against 1.3). `session.dynamic_block_base` is not set: it acts on a
/// session's own pool only.
public final class OnnxRuntime {

  /// How many threads one run may use, the calling one included. Default: the number of cores.
  public static final String INTRA_THREADS = "penstock.intraThreads";

  private OnnxRuntime() {}

  public static String version() {
    return Holder.ENVIRONMENT.getVersion();
  }

  /// What decides the bits of a result on a processor, as a text: version, instruction set, threads. Empty where the
  /// system does not tell its instruction set.
  public static Optional<String> kernels() {
    return ProcessorFlags.current().map(flags -> version() + "\n" + flags + "\n" + intraThreads() + " threads");
  }

  /// The size of the shared pool.
  ///
  /// @throws IllegalArgumentException if the setting is not a number from 1 to 1024
  public static int intraThreads() {
    String setting = System.getProperty(INTRA_THREADS);
    if (setting == null) return Runtime.getRuntime().availableProcessors();
    if (!setting.matches("[1-9][0-9]{0,3}") || Integer.parseInt(setting) > 1024)
      throw new IllegalArgumentException(INTRA_THREADS + " must be a number from 1 to 1024, is '" + setting + "'");
    return Integer.parseInt(setting);
  }

  static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  /// Options of every session: the shared pool, one operator at a time, the device that is current.
  static OrtSession.SessionOptions sessionOptions() throws OrtException {
    environment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.disablePerSessionThreads();
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    if (Placement.current() instanceof Placement.OnCuda cuda) CudaProvider.add(options, cuda);
    return options;
  }

  private static final class Holder {

    static final OrtEnvironment ENVIRONMENT = create();

    private static OrtEnvironment create() {
      NativeLibraries.provideOnnxRuntime();
      Telemetry.refuse();
      try (OrtEnvironment.ThreadingOptions threads = new OrtEnvironment.ThreadingOptions()) {
        threads.setGlobalIntraOpNumThreads(intraThreads());
        threads.setGlobalInterOpNumThreads(1);
        threads.setGlobalSpinControl(false);
        // Errors come back as exceptions; the runtime would write each to stderr as well.
        OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "penstock", threads);
        environment.setTelemetry(false);
        return environment;
      } catch (OrtException e) {
        throw InferenceException.of("ONNX Runtime does not start", e);
      }
    }
  }
}
