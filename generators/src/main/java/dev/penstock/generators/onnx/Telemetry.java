package dev.penstock.generators.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Keeps ONNX Runtime from reporting to its maker. Since 1.29 it does so on Linux and macOS unless the environment
/// variable `ORT_DISABLE_TELEMETRY` is 1 when it starts: it runs a shell (`blkid; hostname`), keeps a file in the
/// user's cache, opens connections, and matches the command line with a regular expression that overflows the stack
/// when the line is longer than about 4,000 characters, which any long class path is; the process then ends without a
/// message (microsoft/onnxruntime#27379, #32173).
final class Telemetry {

  private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  private Telemetry() {}

  /// Sets the variable in this process, whatever it was before. Must come before the runtime starts. Where the C
  /// library has no `setenv` (Windows) there is nothing to set.
  @SuppressWarnings("restricted")
  static void refuse() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    Optional<MemorySegment> setenv = library.find("setenv");
    if (setenv.isEmpty()) return;
    FunctionDescriptor signature =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(VARIABLE);
      MemorySegment value = arena.allocateFrom("1");
      int failed = (int) linker.downcallHandle(setenv.get(), signature).invokeExact(name, value, 1);
      if (failed != 0) throw new IllegalStateException("setenv refused " + VARIABLE);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("setenv cannot be called", e);
    }
  }
}
