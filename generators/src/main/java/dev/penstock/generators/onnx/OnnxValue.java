package dev.penstock.generators.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A tensor over memory of ours, row-major: a shape and a view from a buffer's position to its limit, without a
/// copy. What is written into the buffer is what the next run reads; what a run writes is there afterwards.
///
/// The memory must be a direct buffer in native byte order, and belongs to who allocated it; a value keeps it
/// alive. Close a value that was an input or a pinned output; one that was only read needs no closing. Nobody may
/// change or close it while a run uses it.
public final class OnnxValue implements AutoCloseable {

  private final ElementType type;
  private final long[] shape;
  private final Buffer memory;
  private @Nullable OnnxTensor tensor;

  private OnnxValue(ElementType type, Buffer memory, long[] shape) {
    this.type = type;
    this.shape = shape.clone();
    this.memory = memory;
    check(memory, shape);
  }

  private static void check(Buffer memory, long[] shape) {
    long count = 1;
    for (long dimension : shape) {
      if (dimension < 0)
        throw new IllegalArgumentException("a shape has no negative dimension: " + Arrays.toString(shape));
      count = Math.multiplyExact(count, dimension);
    }
    if (count != memory.remaining())
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " needs " + count + " elements, the view has " + memory.remaining());
    if (!memory.isDirect())
      throw new IllegalArgumentException("a tensor needs a direct buffer, this one is on the heap");
  }

  /// A float32 view; no dimensions make a scalar.
  public static OnnxValue of(FloatBuffer memory, long... shape) {
    return new OnnxValue(ElementType.FLOAT32, nativeOrder(memory.slice(), memory.order()), shape);
  }

  /// An int64 view; no dimensions make a scalar.
  public static OnnxValue of(LongBuffer memory, long... shape) {
    return new OnnxValue(ElementType.INT64, nativeOrder(memory.slice(), memory.order()), shape);
  }

  /// An int32 view; no dimensions make a scalar.
  public static OnnxValue of(IntBuffer memory, long... shape) {
    return new OnnxValue(ElementType.INT32, nativeOrder(memory.slice(), memory.order()), shape);
  }

  /// A float32 tensor that holds a copy of `values`.
  public static OnnxValue copyOf(float[] values, long... shape) {
    return of(allocateFloats(values.length).put(0, values), shape);
  }

  /// An int64 tensor that holds a copy of `values`.
  public static OnnxValue copyOf(long[] values, long... shape) {
    return of(allocateLongs(values.length).put(0, values), shape);
  }

  /// An int32 tensor that holds a copy of `values`.
  public static OnnxValue copyOf(int[] values, long... shape) {
    return of(allocateInts(values.length).put(0, values), shape);
  }

  /// Zeroed memory that fits [#of(FloatBuffer, long...)]; freed when nothing refers to it.
  public static FloatBuffer allocateFloats(int count) {
    return allocate(count, Float.BYTES).asFloatBuffer();
  }

  /// Zeroed memory that fits [#of(LongBuffer, long...)]; freed when nothing refers to it.
  public static LongBuffer allocateLongs(int count) {
    return allocate(count, Long.BYTES).asLongBuffer();
  }

  /// Zeroed memory that fits [#of(IntBuffer, long...)]; freed when nothing refers to it.
  public static IntBuffer allocateInts(int count) {
    return allocate(count, Integer.BYTES).asIntBuffer();
  }

  private static ByteBuffer allocate(int count, int bytes) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, bytes)).order(ByteOrder.nativeOrder());
  }

  private static <B extends Buffer> B nativeOrder(B memory, ByteOrder order) {
    if (order != ByteOrder.nativeOrder())
      throw new IllegalArgumentException("a tensor needs native byte order, not " + order);
    return memory;
  }

  public ElementType type() {
    return type;
  }

  public long[] shape() {
    return shape.clone();
  }

  /// How many elements there are.
  public int size() {
    return memory.remaining();
  }

  /// The elements themselves, not a copy.
  ///
  /// @throws IllegalStateException if this is no float32 tensor
  public FloatBuffer floats() {
    return memory instanceof FloatBuffer floats ? floats.duplicate() : wrong(ElementType.FLOAT32);
  }

  /// The elements themselves, not a copy.
  ///
  /// @throws IllegalStateException if this is no int64 tensor
  public LongBuffer longs() {
    return memory instanceof LongBuffer longs ? longs.duplicate() : wrong(ElementType.INT64);
  }

  /// The elements themselves, not a copy.
  ///
  /// @throws IllegalStateException if this is no int32 tensor
  public IntBuffer ints() {
    return memory instanceof IntBuffer ints ? ints.duplicate() : wrong(ElementType.INT32);
  }

  private <T> T wrong(ElementType asked) {
    throw new IllegalStateException("a tensor of " + type + " was read as " + asked);
  }

  /// The native handle, made when a run first needs it: outputs that are only read cost none.
  synchronized OnnxTensor tensor() {
    if (tensor == null) {
      try {
        tensor = createTensor();
      } catch (OrtException e) {
        throw InferenceException.of("A tensor " + this + " cannot be made", e);
      }
    }
    return tensor;
  }

  private OnnxTensor createTensor() throws OrtException {
    return switch (memory) {
      case FloatBuffer floats -> OnnxTensor.createTensor(OnnxRuntime.environment(), floats, shape);
      case LongBuffer longs -> OnnxTensor.createTensor(OnnxRuntime.environment(), longs, shape);
      case IntBuffer ints -> OnnxTensor.createTensor(OnnxRuntime.environment(), ints, shape);
      default -> throw new IllegalStateException("no tensor over " + memory);
    };
  }

  /// Frees the native handle, which exists once a run used this value; the memory stays with its owner.
  @Override
  public synchronized void close() {
    if (tensor != null) tensor.close();
    tensor = null;
  }

  @Override
  public String toString() {
    return type + " " + Arrays.toString(shape);
  }
}
