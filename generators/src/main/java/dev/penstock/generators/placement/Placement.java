package dev.penstock.generators.placement;

import java.util.Map;
import java.util.function.Supplier;

/// What one model runs on. Sessions that are opened [#during] it run there; all others on the processor.
public sealed interface Placement {

  ScopedValue<Placement> CURRENT = ScopedValue.newInstance();

  record OnCpu() implements Placement {}

  /// @param device number of the GPU
  /// @param options of ONNX Runtime's CUDA provider, `gpu_mem_limit` among them
  record OnCuda(int device, Map<String, String> options) implements Placement {
    public OnCuda {
      options = Map.copyOf(options);
    }
  }

  /// Of the sessions that this thread opens now.
  static Placement current() {
    return CURRENT.isBound() ? CURRENT.get() : new OnCpu();
  }

  /// Runs what opens sessions, on this thread.
  default <T> T during(Supplier<T> opening) {
    return ScopedValue.where(CURRENT, this).call(opening::get);
  }
}
