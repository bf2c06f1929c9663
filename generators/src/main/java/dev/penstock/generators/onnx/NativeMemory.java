package dev.penstock.generators.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// Large memory with a known end: zeroed, outside the heap and outside the JVM's limit for direct buffers, freed by
/// [#close]. It comes from the C library's `calloc`, so that pages which are never written take no memory; Java's own
/// allocations write every page at once.
@SuppressWarnings("restricted")
public final class NativeMemory implements AutoCloseable {

  private static final MethodHandle CALLOC =
      handle("calloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE = handle("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  private static final @Nullable MethodHandle MALLOC_TRIM =
      Linker.nativeLinker().defaultLookup().find("malloc_trim").isEmpty()
          ? null
          : handle("malloc_trim", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));

  /// From this size on glibc's `calloc` always maps fresh pages (`DEFAULT_MMAP_THRESHOLD_MAX`, malloc.c). Below it, it
  /// does so only until such a block was freed once; then it takes used memory and writes all of it: 550 MB at once when
  /// SmolLM2 was loaded a second time. What is asked for beyond the need is never written.
  private static final long MAPPED_BYTES = 33L << 20;

  private static final long LARGE_BYTES = 1L << 20;

  private final Arena arena = Arena.ofShared();

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  /// Asks the C library to return to the system what was freed: glibc kept 240 MB of a language model of 150 MB
  /// that was closed. Takes some 10 ms. Other C libraries have no such call, and nothing happens.
  static void giveBackFreed() {
    if (MALLOC_TRIM == null) return;
    try {
      int _ = (int) MALLOC_TRIM.invokeExact(0L);
    } catch (Throwable e) {
      throw new LinkageError("malloc_trim cannot be called", e);
    }
  }

  /// Zeroed float32 memory in native byte order.
  ///
  /// @param count at most 2^29 - 1 elements, since a view cannot be larger than 2 GiB
  /// @throws InferenceException of kind MEMORY if the system has none left
  public FloatBuffer floats(long count) {
    long bytes = Math.multiplyExact(count, (long) Float.BYTES);
    if (bytes > Integer.MAX_VALUE)
      throw new IllegalArgumentException("a view of " + bytes + " bytes is larger than 2 GiB");
    MemorySegment raw = calloc(bytes < LARGE_BYTES ? Math.max(bytes, 1) : Math.max(bytes, MAPPED_BYTES));
    if (raw.address() == 0)
      throw new InferenceException(InferenceException.Kind.MEMORY, "The system has no " + bytes + " bytes left", null);
    MemorySegment owned = raw.reinterpret(bytes, arena, NativeMemory::free);
    return owned.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static MemorySegment calloc(long bytes) {
    try {
      return (MemorySegment) CALLOC.invokeExact(bytes, 1L);
    } catch (Throwable e) {
      throw new LinkageError("calloc cannot be called", e);
    }
  }

  private static void free(MemorySegment segment) {
    try {
      FREE.invokeExact(segment);
    } catch (Throwable e) {
      throw new LinkageError("free cannot be called", e);
    }
  }

  /// Frees everything; no run may be using it and no view may be read afterwards.
  @Override
  public void close() {
    arena.close();
    giveBackFreed();
  }
}
