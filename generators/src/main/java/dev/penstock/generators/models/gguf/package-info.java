/// Reads GGUF files (the format of ggml and llama.cpp, versions 2 and 3) and turns llama-layout language models in
/// them into model folders.
///
/// [dev.penstock.generators.models.gguf.GgufFile] is the file: metadata and tensors, every offset checked.
/// [dev.penstock.generators.models.gguf.GgufImporter] leads through an import: the graph
/// ([dev.penstock.generators.models.gguf.LlamaGraph]), the tokenizer
/// ([dev.penstock.generators.models.gguf.TokenizerJson]), and how far the result is from the original
/// ([dev.penstock.generators.models.gguf.Calibration]).
@NullMarked
package dev.penstock.generators.models.gguf;

import org.jspecify.annotations.NullMarked;
