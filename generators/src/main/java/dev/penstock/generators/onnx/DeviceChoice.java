package dev.penstock.generators.onnx;

import dev.penstock.generators.placement.Device;
import dev.penstock.generators.placement.DeviceSettings;
import dev.penstock.generators.placement.Placement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// The device that is used, of what was wanted and what is there.
///
/// @param cuda number of the GPU; empty for the processor
/// @param line what to tell the operator; empty if there is nothing to say
public record DeviceChoice(DeviceSettings settings, OptionalInt cuda, Optional<String> line) {

  /// @throws DeviceUnavailableException if a GPU was asked for by its number and cannot be used
  public static DeviceChoice of(DeviceSettings settings) {
    return of(settings, CudaProvider::problem);
  }

  static DeviceChoice of(DeviceSettings settings, IntFunction<Optional<String>> problem) {
    return switch (settings.device()) {
      case Device.Cpu() -> new DeviceChoice(settings, OptionalInt.empty(), Optional.empty());
      case Device.Auto() -> {
        Optional<String> missing = problem.apply(0);
        yield missing.isEmpty()
            ? new DeviceChoice(settings, OptionalInt.of(0), Optional.of("device cuda:0"))
            : new DeviceChoice(settings, OptionalInt.empty(), Optional.of("device cpu: " + missing.get()));
      }
      case Device.Cuda(int number) -> {
        Optional<String> missing = problem.apply(number);
        if (missing.isPresent())
          throw new DeviceUnavailableException(
              "device is cuda:%d, and %s; install what is missing, or set device=cpu or device=auto"
                  .formatted(number, missing.get()));
        yield new DeviceChoice(settings, OptionalInt.of(number), Optional.of("device cuda:" + number));
      }
    };
  }

  /// Where a model runs.
  public Placement placement(String model) {
    return cuda.isPresent() ? settings.onCuda(cuda.getAsInt(), model) : new Placement.OnCpu();
  }
}
