package dev.penstock.generators.text.constraint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes that each token of a vocabulary stands for in an answer, read from `tokenizer.json` (Hugging Face
/// tokenizers). Knows the byte alphabet of GPT-2 (decoder `ByteLevel`) and pieces with `▁` and `<0x0A>` (SentencePiece;
/// decoders `Replace` and `ByteFallback`). Added tokens stand for nothing. Immutable; any thread.
final class TokenBytes {

  private static final int[] GPT2_BYTE = gpt2Alphabet();

  private final byte @Nullable [][] bytes;

  private TokenBytes(byte @Nullable [][] bytes) {
    this.bytes = bytes;
  }

  /// @throws IOException if the file cannot be read, or turns tokens into text in another way
  static TokenBytes read(Path tokenizer, int vocabularySize) throws IOException {
    JsonNode root = new ObjectMapper().readTree(tokenizer.toFile());
    String decoder = root.path("decoder").toString();
    boolean byteLevel = decoder.contains("\"ByteLevel\"");
    boolean pieces = decoder.contains("\"ByteFallback\"");
    if (!byteLevel && !pieces || !root.path("model").path("vocab").isObject())
      throw new IOException("its tokenizer does not work on bytes (decoder ByteLevel or ByteFallback)");
    byte[][] bytes = new byte[vocabularySize][];
    for (Map.Entry<String, JsonNode> entry : root.path("model").path("vocab").properties()) {
      int id = entry.getValue().asInt();
      if (id < vocabularySize) bytes[id] = byteLevel ? gpt2(entry.getKey()) : piece(entry.getKey());
    }
    for (JsonNode added : root.path("added_tokens"))
      if (added.path("id").asInt() < vocabularySize) bytes[added.path("id").asInt()] = null;
    return new TokenBytes(bytes);
  }

  /// How many tokens there are.
  int size() {
    return bytes.length;
  }

  /// What a token stands for, or null if it never belongs to a text; not to be changed.
  byte @Nullable [] of(int token) {
    return bytes[token];
  }

  private static byte @Nullable [] gpt2(String token) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (char c : token.toCharArray()) {
      if (c >= GPT2_BYTE.length || GPT2_BYTE[c] < 0) return null;
      out.write(GPT2_BYTE[c]);
    }
    return out.size() == 0 ? null : out.toByteArray();
  }

  private static byte @Nullable [] piece(String token) {
    if (token.matches("<0x[0-9A-F]{2}>")) return new byte[] {(byte) Integer.parseInt(token, 3, 5, 16)};
    return token.isEmpty() ? null : token.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
  }

  /// Printable bytes stand for themselves, the others for the characters from U+0100 on (`bytes_to_unicode` of GPT-2).
  private static int[] gpt2Alphabet() {
    int[] byteOf = new int[0x200];
    Arrays.fill(byteOf, -1);
    int next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean itself = value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
      byteOf[itself ? value : next++] = value;
    }
    return byteOf;
  }
}
