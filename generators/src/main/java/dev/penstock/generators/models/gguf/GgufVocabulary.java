package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.writing.StopTokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The byte-level BPE vocabulary inside a GGUF file.
///
/// @param tokens   token texts by id, bytes spelled as GPT-2 does (`Ġ` is a space)
/// @param merges   pairs `left right` in order of precedence
/// @param kinds    kind of each token by id, see [Kind]
/// @param splitter how text is cut before the merges
/// @param bos      the token before every prompt, if the model or its chat template wants one
/// @param ends     tokens that end an answer, the file's own first
record GgufVocabulary(
    List<String> tokens,
    List<String> merges,
    List<Kind> kinds,
    Splitter splitter,
    Optional<String> bos,
    List<String> ends) {

  /// `tokenizer.ggml.token_type` (enum llama_token_type), as far as it matters here.
  enum Kind {
    NORMAL,
    /// Written out in a text it is one token, but it is ordinary text.
    USER_DEFINED,
    /// Controls the model: turns, ends; never shown.
    CONTROL;

    static Kind ofCode(int code) {
      return switch (code) {
        case 3 -> CONTROL;
        case 4 -> USER_DEFINED;
        default -> NORMAL;
      };
    }
  }

  /// `tokenizer.ggml.pre`: how text is cut before the merges.
  enum Splitter {
    /// GPT-2's pattern.
    GPT_2(List.of("gpt-2")),
    /// Every digit alone, then GPT-2's pattern.
    SMOLLM(List.of("smollm")),
    /// Llama 3's pattern: up to three digits, contractions in any case; a whole word of the vocabulary needs no merges.
    LLAMA_3(List.of("llama-bpe", "llama-v3", "llama3")),
    /// Qwen 2's pattern: as Llama 3's, every digit alone; text in Unicode's composed form (NFC).
    QWEN_2(List.of("qwen2", "deepseek-r1-qwen"));

    private final List<String> words;

    Splitter(List<String> words) {
      this.words = words;
    }

    static Splitter ofWord(Path file, String word) {
      return Arrays.stream(values()).filter(splitter -> splitter.words.contains(word)).findAny()
          .orElseThrow(() -> new GgufException(file + ": tokenizer.ggml.pre is " + word + "; "
              + Arrays.stream(values()).map(splitter -> splitter.words.getFirst()).collect(Collectors.joining(", "))
              + " can be imported."));
    }
  }

  GgufVocabulary {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
    kinds = List.copyOf(kinds);
    ends = List.copyOf(ends);
  }

  /// @throws GgufException names the key that is missing, contradictory or not supported
  static GgufVocabulary read(Path file, GgufMetadata metadata) {
    String model = metadata.text("tokenizer.ggml.model");
    if (!model.equals("gpt2")) {
      throw new GgufException(file + ": tokenizer.ggml.model is " + model
          + "; gpt2 (byte-level BPE) can be imported.");
    }
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    List<Integer> types = metadata.wholes("tokenizer.ggml.token_type");
    if (types.size() != tokens.size()) {
      throw new GgufException(file + ": tokenizer.ggml.token_type has " + types.size() + " entries for "
          + tokens.size() + " tokens.");
    }
    if (Set.copyOf(tokens).size() != tokens.size()) {
      throw new GgufException(file + ": tokenizer.ggml.tokens holds a token twice.");
    }
    if (metadata.bool("tokenizer.ggml.add_space_prefix", false)) {
      throw new GgufException(file + ": tokenizer.ggml.add_space_prefix is set; only false can be imported.");
    }
    List<Kind> kinds = types.stream().map(Kind::ofCode).toList();
    return new GgufVocabulary(tokens, metadata.texts("tokenizer.ggml.merges"), kinds,
        Splitter.ofWord(file, metadata.text("tokenizer.ggml.pre")), bos(file, metadata, tokens),
        ends(file, metadata, tokens, kinds));
  }

  private static Optional<String> bos(Path file, GgufMetadata metadata, List<String> tokens) {
    boolean template = metadata.optionalText("tokenizer.chat_template").orElse("").contains("bos_token")
        && metadata.has("tokenizer.ggml.bos_token_id");
    return template || metadata.bool("tokenizer.ggml.add_bos_token", false)
        ? Optional.of(token(file, metadata, "tokenizer.ggml.bos_token_id", tokens).orElseThrow(() ->
            new GgufException(file + ": tokenizer.ggml.add_bos_token is set, but tokenizer.ggml.bos_token_id is missing.")))
        : Optional.empty();
  }

  private static List<String> ends(Path file, GgufMetadata metadata, List<String> tokens, List<Kind> kinds) {
    Set<String> ends = new LinkedHashSet<>();
    for (String key : List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id")) {
      token(file, metadata, key, tokens).ifPresent(ends::add);
    }
    IntStream.range(0, tokens.size())
        .filter(id -> kinds.get(id) == Kind.CONTROL && StopTokens.KNOWN.contains(tokens.get(id)))
        .mapToObj(tokens::get).forEach(ends::add);
    return List.copyOf(ends);
  }

  private static Optional<String> token(Path file, GgufMetadata metadata, String key, List<String> tokens) {
    return metadata.optionalWhole(key).map(id -> {
      if (id < 0 || id >= tokens.size()) {
        throw new GgufException(file + ": " + key + " is " + id + "; the vocabulary has " + tokens.size() + " tokens.");
      }
      return tokens.get(id.intValue());
    });
  }
}
