package dev.penstock.generators.text.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.penstock.generators.text.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which bytes tokens stand for: joined, those of an encoded text are the text, whatever its characters; pieces with
/// a space mark and byte pieces are read; a tokenizer that does not work on bytes is refused.
class TokenBytesTest {

  private static final Path COPYWRITER =
      Path.of(System.getenv("PENSTOCK_HOME"), "models/tiny-copywriter/tokenizer.json");

  @TempDir
  private Path folder;

  @Test
  void tokensOfATextJoinToTheText() throws Exception {
    String text = "A boot,\n\tnot a \"bot\": 12 € für 𝄞 \u0001 ÿ";
    TokenBytes tokens = TokenBytes.read(COPYWRITER, 2048);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    try (Tokenizer tokenizer = Tokenizer.open(COPYWRITER)) {
      for (int token : tokenizer.encode(text)) joined.writeBytes(tokens.of(token));
    }
    assertThat(joined.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void controlTokensStandForNothing() throws Exception {
    assertThat(TokenBytes.read(COPYWRITER, 2048).of(2)).isNull();
  }

  @Test
  void readsPiecesAndBytePieces() throws Exception {
    TokenBytes tokens =
        TokenBytes.read(
            json(
                """
                {"added_tokens": [{"id": 0, "content": "<s>", "special": true}],
                 "decoder": {"type": "Sequence", "decoders": [
                   {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}]},
                 "model": {"type": "BPE", "vocab": {"<s>": 0, "<0x0A>": 1, "▁the▁é": 2}}}"""),
            4);

    assertThat(tokens.of(0)).isNull();
    assertThat(tokens.of(1)).containsExactly('\n');
    assertThat(tokens.of(2)).isEqualTo(" the é".getBytes(StandardCharsets.UTF_8));
    assertThat(tokens.of(3)).isNull();
  }

  @Test
  void refusesATokenizerThatDoesNotWorkOnBytes() {
    assertThatIOException()
        .isThrownBy(() -> TokenBytes.read(json("{\"decoder\": {\"type\": \"WordPiece\"}, \"model\": {\"vocab\": {}}}"), 4))
        .withMessage("its tokenizer does not work on bytes (decoder ByteLevel or ByteFallback)");
  }

  private Path json(String text) throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), text);
  }
}
