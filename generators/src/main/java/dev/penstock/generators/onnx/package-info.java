/// The one door to ONNX Runtime: no other package imports it. [OnnxRuntime] is the process-wide environment,
/// [OnnxSession] a loaded graph, [OnnxValue] a tensor that is a view on memory of ours, [Binding] a run whose
/// tensors stay the same, [NativeMemory] room for large caches, [PrepackedCache] what large graphs become on disk ([PackedForm]: which of their forms),
/// [InferenceException] what goes wrong; [DeviceChoice] finds out whether there is a GPU to run on.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.onnx;
