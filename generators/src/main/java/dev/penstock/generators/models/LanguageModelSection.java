package dev.penstock.generators.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decoder-only transformer with a key/value cache, usually one that is written in place.
///
/// Graph inputs: `input_ids` int64 `[b, s]`, `seqlens_k` int32 `[b]`, `total_sequence_length` int32 scalar,
/// `past_key_values.{layer}.{key|value}` float32 `[b, keyValueHeads, capacity, headSize]`.
/// Outputs: `logits` float32 `[b, 1, vocabularySize]` of the last position only, and
/// `present.{layer}.{key|value}` of the same shape as the past.
///
/// A graph that returns its keys and values grown is slower. It reads `attention_mask` int64 `[b, past + s]`, and
/// `position_ids` int64 `[b, s]` if it wants them, instead of the two lengths, the past with as many positions as there
/// are, and writes the present with `s` positions more.
///
/// @param graph           file name of the ONNX graph
/// @param weights         form of the weights, such as `float32`, `q4sum`, `q8`
/// @param layers          transformer blocks, at least 1
/// @param keyValueHeads   heads of the key/value cache, at least 1
/// @param headSize        floats a head, even; a multiple of 16 for a cache that is written in place
/// @param contextLength   positions that the graph's rotary tables cover
/// @param vocabularySize  length of a row of logits
/// @param tokenizer       file name of the tokenizer in Hugging Face format
/// @param chatTemplate    file name of the Jinja chat template, or null: prompts are fed as plain text
/// @param bosToken        token put before every prompt, or null
/// @param stopTokens      tokens that end an answer; may be empty
public record LanguageModelSection(
    String graph,
    String weights,
    int layers,
    int keyValueHeads,
    int headSize,
    int contextLength,
    int vocabularySize,
    String tokenizer,
    @Nullable String chatTemplate,
    @Nullable String bosToken,
    List<String> stopTokens) implements FamilySection {

  static final int MAX_LAYERS = 1_000;
  static final int MAX_HEADS = 4_096;
  static final int MAX_HEAD_SIZE = 4_096;
  static final int MAX_CONTEXT = 16_777_216;
  static final int MAX_VOCABULARY = 16_777_216;

  public LanguageModelSection {
    stopTokens = List.copyOf(stopTokens);
    Ranges.check("layers", layers, 1, MAX_LAYERS);
    Ranges.check("keyValueHeads", keyValueHeads, 1, MAX_HEADS);
    Ranges.check("headSize", headSize, 2, MAX_HEAD_SIZE);
    Ranges.check("contextLength", contextLength, 1, MAX_CONTEXT);
    Ranges.check("vocabularySize", vocabularySize, 1, MAX_VOCABULARY);
    if (headSize % 2 != 0) {
      throw new InvalidModelException("headSize is " + headSize + "; rotary positions need an even number.");
    }
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.LANGUAGE_MODEL;
  }

  @Override
  public List<String> referencedFiles() {
    var names = new ArrayList<>(List.of(graph, tokenizer));
    if (chatTemplate != null) {
      names.add(chatTemplate);
    }
    return names;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    return LanguageModelParameters.common();
  }

  /// Bytes of key/value cache that one position of one row takes (float32, keys and values of all layers).
  public long cacheBytesPerPosition() {
    return 2L * layers * keyValueHeads * headSize * Float.BYTES;
  }
}
