package dev.penstock.generators.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.onnx.NativeLibraries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Text to token ids and back, as a model's own `tokenizer.json` (Hugging Face tokenizers) says.
/// Neither pads nor truncates, whatever the file says. Any thread may use it, many at once.
///
/// Works offline: the native library comes out of its jar into the user's cache, and neither a build for CUDA is
/// downloaded nor a telemetry address called.
public final class Tokenizer implements AutoCloseable {

  static {
    System.setProperty("RUST_FLAVOR", "cpu");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (System.getProperty("ENGINE_CACHE_DIR") == null)
      System.setProperty("ENGINE_CACHE_DIR", NativeLibraries.folder().toString());
  }

  private final HuggingFaceTokenizer tokenizer;
  private final List<String> controlTokens;

  private Tokenizer(HuggingFaceTokenizer tokenizer, List<String> controlTokens) {
    this.tokenizer = tokenizer;
    this.controlTokens = controlTokens;
  }

  /// Reads a `tokenizer.json`.
  ///
  /// @throws IOException if it cannot be read or is not in the format; the message names the file
  public static Tokenizer open(Path file) throws IOException {
    return open(file.toString(), Files.readAllBytes(file));
  }

  /// Reads a `tokenizer.json` from memory.
  ///
  /// @param name names the file in messages
  /// @throws IOException if it is not in the format
  public static Tokenizer open(String name, byte[] json) throws IOException {
    List<String> control =
        new ObjectMapper().readTree(json).path("added_tokens").valueStream()
            .filter(token -> token.path("special").asBoolean())
            .map(token -> token.path("content").asText())
            .toList();
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json), Map.of("padding", "false", "truncation", "false"));
      return new Tokenizer(tokenizer, control);
    } catch (RuntimeException e) {
      throw new IOException(name + " is not a tokenizer this version reads: " + e.getMessage(), e);
    }
  }

  /// The ids of a text as it stands: nothing is put before or after it. Control tokens written in the text become
  /// their ids, which is what a rendered chat template needs; look for them in foreign text with [#controlTokenIn].
  public int[] encode(String text) {
    return encode(text, false);
  }

  /// The ids of a text with the tokens around it that the file asks for, such as `[CLS]` and `[SEP]`.
  public int[] encodeWithSurroundings(String text) {
    return encode(text, true);
  }

  /// As [#encodeWithSurroundings], and where in the text each token stands.
  public TokenSpans spans(String text) {
    Encoding encoding = tokenizer.encode(text, true, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int count = spans.length;
    int[] starts = new int[count];
    int[] ends = new int[count];
    boolean[] around = new boolean[count];
    for (int i = 0; i < count; i++) {
      around[i] = encoding.getSpecialTokenMask()[i] == 1;
      if (spans[i] == null) continue;
      starts[i] = spans[i].getStart();
      ends[i] = spans[i].getEnd();
    }
    int[] ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
    return TokenSpans.of(ids, starts, ends, around);
  }

  private int[] encode(String text, boolean surroundings) {
    return Arrays.stream(tokenizer.encode(text, surroundings, false).getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /// The text of ids, control tokens left out. A character that is cut in two at either end is a replacement
  /// character (U+FFFD) there; [IncrementalDecoder] waits for the rest instead.
  public String decode(int... ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
  }

  /// The id of a text that is one token, for example `<|im_end|>`.
  public OptionalInt id(String token) {
    int[] ids = encode(token);
    return ids.length == 1 ? OptionalInt.of(ids[0]) : OptionalInt.empty();
  }

  /// The id of a token as a file's vocabulary spells it, which of tokens that are no whole characters is not how they read:
  /// the byte 165 of a byte-level vocabulary is `¥` there.
  ///
  /// @throws IOException if the file cannot be read
  public static OptionalInt idInVocabulary(Path file, String token) throws IOException {
    JsonNode id = new ObjectMapper().readTree(Files.readAllBytes(file)).path("model").path("vocab").path(token);
    return id.canConvertToInt() && id.isIntegralNumber() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  /// The first control token that `text` spells out. Prompts must hold none: they could end the user's turn and
  /// speak in the name of the system.
  public Optional<String> controlTokenIn(String text) {
    return controlTokens.stream().filter(text::contains).findFirst();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
