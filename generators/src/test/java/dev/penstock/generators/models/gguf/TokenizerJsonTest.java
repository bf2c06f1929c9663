package dev.penstock.generators.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tokenizer of a GGUF becomes a `tokenizer.json` that cuts text as the file says: control tokens first, digits
/// alone for `smollm`, then GPT-2's pattern and the file's merges.
class TokenizerJsonTest {

  private final TinyLlama model = new TinyLlama(1, GgufEncoding.F32, GgufEncoding.F32, true);

  @TempDir
  private Path folder;
  private Path json;

  @BeforeEach
  void chooseFile() {
    json = folder.resolve("tokenizer.json");
  }

  private Tokenizer tokenizer(String splitter) throws IOException {
    model.file().put("tokenizer.ggml.pre", splitter);
    try (var file = GgufFile.open(model.file().write(folder.resolve("m.gguf")))) {
      TokenizerJson.write(GgufVocabulary.read(file.path(), file.metadata()), json);
    }
    return Tokenizer.open(json);
  }

  private List<String> tokens(String splitter, String text) throws IOException {
    try (var tokenizer = tokenizer(splitter)) {
      return Arrays.stream(tokenizer.encode(text)).mapToObj(model.vocabulary::get).toList();
    }
  }

  @Test
  void mergesInTheFilesOrder() throws IOException {
    assertThat(tokens("smollm", "he the")).containsExactly("he", "Ġthe");
  }

  @Test
  void keepsDigitsAloneOnlyForSmollm() throws IOException {
    assertThat(tokens("smollm", "12")).containsExactly("1", "2");
    assertThat(tokens("gpt-2", "12")).containsExactly("12");
  }

  @Test
  void findsControlTokensInText() throws IOException {
    assertThat(tokens("smollm", "<|start|>he<|im_end|>")).containsExactly("<|start|>", "he", "<|im_end|>");
  }

  @Test
  void putsNoSpaceInFrontAndSpellsBytes() throws IOException {
    assertThat(tokens("smollm", "é\n")).containsExactly("Ã", "©", "Ċ");
  }

  @Test
  void decodesWhatItEncodes() throws IOException {
    String text = "the naïve 🌶 costs 12 €\n\n\tok";
    try (var tokenizer = tokenizer("smollm")) {
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
  }
}
