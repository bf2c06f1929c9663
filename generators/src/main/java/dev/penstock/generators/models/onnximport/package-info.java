/// Imports language models that others exported to ONNX: folders of onnxruntime-genai, and ONNX folders of Hugging Face's
/// Optimum and Transformers.js.
///
/// [dev.penstock.generators.models.onnximport.OnnxFolderImporter] leads: it takes what a folder says about itself
/// ([dev.penstock.generators.models.onnximport.ExportedFolder]) and has
/// [dev.penstock.generators.models.onnximport.ExportedGraph] write the graph as the engine runs it.
@NullMarked
package dev.penstock.generators.models.onnximport;

import org.jspecify.annotations.NullMarked;
