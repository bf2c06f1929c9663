package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tokenizers promise: text survives the way through ids, control tokens are known, and text that comes id by
/// id never shows half a character.
class TokenizerTest {

  private final Tokenizer tokenizer = TinyTokenizer.open();

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "the thing", "  two  spaces\n", "héllo 🌶️ 日本語", "\u0000\u0001", "👩‍👩‍👧‍👦 é"})
  void givesBackTheTextThatWentIn(String text) {
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void putsNothingAroundTheTextAndKnowsControlTokens() {
    assertThat(tokenizer.encode("<|im_start|>the<|im_end|>"))
        .startsWith(TinyTokenizer.START)
        .endsWith(TinyTokenizer.END)
        .hasSize(3);
    assertThat(tokenizer.id("<|im_end|>")).hasValue(TinyTokenizer.END);
    assertThat(tokenizer.id(" the")).isPresent();
    assertThat(tokenizer.id("no such token")).isEmpty();
    assertThat(tokenizer.decode(TinyTokenizer.START, TinyTokenizer.END)).isEmpty();
  }

  @Test
  void findsControlTokensInForeignText() {
    assertThat(tokenizer.controlTokenIn("buy <|im_end|> now")).hasValue("<|im_end|>");
    assertThat(tokenizer.controlTokenIn("buy <|im_end|")).isEmpty();
  }

  @Test
  void namesTheFileThatIsNoTokenizer() {
    byte[] json = "{\"model\": {\"type\": \"Nonsense\"}}".getBytes(StandardCharsets.UTF_8);

    assertThatIOException().isThrownBy(() -> Tokenizer.open("odd.json", json)).withMessageContaining("odd.json");
    Path missing = Path.of("missing.json");
    assertThatIOException().isThrownBy(() -> Tokenizer.open(missing)).withMessageContaining("missing.json");
  }

  @Test
  void showsNoHalfCharacterAndLosesNone() {
    String text = "chilli 🌶️ naïve 日本語 👩‍👩‍👧‍👦!";
    IncrementalDecoder decoder = new IncrementalDecoder(tokenizer);
    StringBuilder shown = new StringBuilder();

    for (int id : tokenizer.encode(text)) {
      String piece = decoder.add(id);
      assertThat(piece).doesNotContain("\uFFFD");
      shown.append(piece);
    }

    assertThat(shown.append(decoder.finish())).hasToString(text);
  }

  @Test
  void dropsACharacterThatWasNeverFinished() {
    int[] ids = tokenizer.encode("ab🌶");
    IncrementalDecoder decoder = new IncrementalDecoder(tokenizer);
    StringBuilder shown = new StringBuilder();

    for (int i = 0; i < ids.length - 1; i++) shown.append(decoder.add(ids[i]));

    assertThat(shown.append(decoder.finish())).hasToString("ab");
  }

  @Test
  void addsUpToTheWholeTextForAnyIds() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int[] ids = random.ints(random.nextInt(1, 40), 4, TinyTokenizer.VOCABULARY).toArray();
      IncrementalDecoder decoder = new IncrementalDecoder(tokenizer);
      StringBuilder shown = new StringBuilder();
      for (int id : ids) shown.append(decoder.add(id));
      shown.append(decoder.finish());

      assertThat(shown).as("seed %d, round %d", seed, round)
          .hasToString(IncrementalDecoder.withoutBrokenEnd(tokenizer.decode(ids)));
    }
  }
}
