package dev.penstock.generators.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What is wanted of the device.
///
/// @param cudaOptions of ONNX Runtime's CUDA provider, by its own names
/// @param laneMegabytes GPU memory that a lane may take, in MB; 0 is no bound
/// @param laneMegabytesOf the same for lanes of their own bound, by model name
public record DeviceSettings(
    Device device, Map<String, String> cudaOptions, long laneMegabytes, Map<String, Long> laneMegabytesOf) {

  /// Every option that may be set here. The device and the memory have keys of their own, and a stream of our own would
  /// be no text.
  private static final Set<String> OPTIONS =
      new TreeSet<>(
          Set.of(
              "arena_extend_strategy",
              "cudnn_conv1d_pad_to_nc1d",
              "cudnn_conv_algo_search",
              "cudnn_conv_use_max_workspace",
              "do_copy_in_default_stream",
              "enable_cuda_graph",
              "enable_cudnn",
              "enable_skip_layer_norm_strict_mode",
              "fuse_conv_bias",
              "prefer_nhwc",
              "sdpa_kernel",
              "tunable_op_enable",
              "tunable_op_max_tuning_duration_ms",
              "tunable_op_tuning_enable",
              "use_ep_level_unified_stream",
              "use_tf32"));

  /// An arena that takes what is asked for, so that a lane's bound is not spent on powers of two; and 32-bit products
  /// in 32 bits, since TF32 would change every answer.
  private static final Map<String, String> OURS =
      Map.of("arena_extend_strategy", "kSameAsRequested", "use_tf32", "0");

  /// @throws IllegalArgumentException if an option is not known, or a bound is negative
  public DeviceSettings {
    cudaOptions = Map.copyOf(cudaOptions);
    laneMegabytesOf = Map.copyOf(laneMegabytesOf);
    for (String option : cudaOptions.keySet())
      if (!OPTIONS.contains(option))
        throw new IllegalArgumentException(
            "the CUDA provider has no option %s that may be set here; allowed are %s"
                .formatted(option, String.join(", ", OPTIONS)));
    if (laneMegabytes < 0 || laneMegabytesOf.values().stream().anyMatch(bound -> bound < 0))
      throw new IllegalArgumentException("a lane's memory must not be negative");
  }

  public static DeviceSettings cpu() {
    return new DeviceSettings(new Device.Cpu(), Map.of(), 0, Map.of());
  }

  /// Where a model runs once it is known that GPU `number` can be used.
  public Placement onCuda(int number, String model) {
    Map<String, String> options = new HashMap<>(OURS);
    options.putAll(cudaOptions);
    long megabytes = laneMegabytesOf.getOrDefault(model, laneMegabytes);
    if (megabytes > 0) options.put("gpu_mem_limit", Long.toString(megabytes * 1_000_000));
    return new Placement.OnCuda(number, options);
  }
}
