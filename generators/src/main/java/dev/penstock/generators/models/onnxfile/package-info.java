/// Writes and reads ONNX graphs without any ONNX library: the protobuf messages of `onnx.proto` (field numbers of ONNX IR
/// version 8), large tensors streamed into a data file beside the graph.
///
/// [dev.penstock.generators.models.onnxfile.OnnxFileWriter] leads; it takes
/// [dev.penstock.generators.models.onnxfile.TensorType]s, [dev.penstock.generators.models.onnxfile.Attribute]s and
/// [dev.penstock.generators.models.onnxfile.TensorBytes]. [dev.penstock.generators.models.onnxfile.OnnxGraph] is a
/// graph of others that was read, to be changed and written again.
@NullMarked
package dev.penstock.generators.models.onnxfile;

import org.jspecify.annotations.NullMarked;
