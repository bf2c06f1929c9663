/// Reads GGUF files (the format of ggml and llama.cpp, versions 2 and 3) and imports language models in them.
///
/// [dev.penstock.generators.models.gguf.GgufFile] is the file: metadata and tensors, every offset checked.
/// [dev.penstock.generators.models.gguf.GgufImporter] leads through an import: sizes
/// ([dev.penstock.generators.models.gguf.GgufConfig]), weights ([dev.penstock.generators.models.gguf.GgufTensor]) and
/// the tokenizer ([dev.penstock.generators.models.gguf.TokenizerJson]).
@NullMarked
package dev.penstock.generators.models.gguf;

import org.jspecify.annotations.NullMarked;
