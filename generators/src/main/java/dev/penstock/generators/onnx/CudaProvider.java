package dev.penstock.generators.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.penstock.generators.placement.Placement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ONNX Runtime's CUDA provider, which is part of `onnxruntime_gpu` and needs CUDA's own libraries (CUDA 12:
/// libcudart.so.12, libcublas.so.12, libcublasLt.so.12, libcurand.so.10, and the driver's libcuda.so.1).
public final class CudaProvider {

  private static final String LIBRARY = "libonnxruntime_providers_cuda.so";

  /// As the dynamic linker says it.
  private static final Pattern MISSING = Pattern.compile("(lib[\\w+.-]+\\.so[.\\d]*): cannot open shared object file");

  private CudaProvider() {}

  /// What stands between a session and a GPU, as the middle of a sentence; empty if nothing does.
  ///
  /// @param device number of the GPU
  public static Optional<String> problem(int device) {
    OnnxRuntime.environment();
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA))
      return Optional.of("this build has no " + LIBRARY + " (./penstock --gpu makes one that has)");
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.addCUDA(cuda);
      return Optional.empty();
    } catch (OrtException e) {
      return Optional.of(reason(String.valueOf(e.getMessage())));
    }
  }

  /// The library that the system does not have, else what the runtime says.
  static String reason(String message) {
    Matcher missing = MISSING.matcher(message);
    return missing.find() ? missing.group(1) + " is missing" : message.lines().findFirst().orElse(message);
  }

  /// @throws OrtException if the provider cannot be loaded or refuses an option
  static void add(OrtSession.SessionOptions options, Placement.OnCuda placement) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(placement.device())) {
      for (var option : placement.options().entrySet()) cuda.add(option.getKey(), option.getValue());
      options.addCUDA(cuda);
    }
  }
}
