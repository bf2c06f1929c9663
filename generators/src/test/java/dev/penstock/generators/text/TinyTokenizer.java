package dev.penstock.generators.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A byte-level BPE tokenizer of 272 tokens for tests, in the format and with the byte alphabet of GPT-2: ids 0 to 3
/// are control tokens, 4 to 259 the bytes, the rest a few English merges.
final class TinyTokenizer {

  static final int VOCABULARY = 272;
  static final int START = 1;
  static final int END = 2;

  private static final List<String> CONTROL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>");
  private static final List<String> MERGES =
      List.of("t h", "th e", "i n", "a n", "o r", "Ġ the", "e r", "o n", "r e", "in g", "Ġ s", "l o");

  private TinyTokenizer() {}

  static Tokenizer open() {
    try {
      return Tokenizer.open("tiny tokenizer", json());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] json() throws IOException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    CONTROL.forEach(token -> vocabulary.put(token, vocabulary.size()));
    for (int b = 0, moved = 256; b < 256; b++)
      vocabulary.put(Character.toString(printable(b) ? b : moved++), vocabulary.size());
    MERGES.forEach(merge -> vocabulary.put(merge.replace(" ", ""), vocabulary.size()));
    List<Map<String, Object>> added = new ArrayList<>();
    for (String token : CONTROL)
      added.add(
          Map.of("id", vocabulary.get(token), "content", token, "special", true, "normalized", false,
              "single_word", false, "lstrip", false, "rstrip", false));
    Map<String, Object> byteLevel =
        Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
    Map<String, Object> model =
        Map.of("type", "BPE", "vocab", vocabulary, "merges", MERGES, "fuse_unk", false, "byte_fallback", false);
    return new ObjectMapper()
        .writeValueAsBytes(
            Map.of(
                "version", "1.0", "added_tokens", added, "pre_tokenizer", byteLevel, "decoder", byteLevel,
                "model", model));
  }

  private static boolean printable(int b) {
    return b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
  }
}
