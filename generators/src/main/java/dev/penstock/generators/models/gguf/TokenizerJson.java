package dev.penstock.generators.models.gguf;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.generators.models.gguf.GgufVocabulary.Kind;
import dev.penstock.generators.models.gguf.GgufVocabulary.Splitter;
import java.io.IOException;
import java.nio.file.Path;

/// Writes a [GgufVocabulary] as `tokenizer.json` in the format of Hugging Face tokenizers.
final class TokenizerJson {

  /// The pattern that the tokenizers of Llama 3 and Qwen 2 publish, without how many digits stay together.
  private static final String PATTERN = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}%s"
      + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final GgufVocabulary vocabulary;
  private final JsonGenerator json;

  private TokenizerJson(GgufVocabulary vocabulary, JsonGenerator json) {
    this.vocabulary = vocabulary;
    this.json = json;
  }

  static void write(GgufVocabulary vocabulary, Path file) throws IOException {
    try (var json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      new TokenizerJson(vocabulary, json).write();
    }
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeNullField("truncation");
    json.writeNullField("padding");
    addedTokens();
    normalizer();
    preTokenizer();
    json.writeNullField("post_processor");
    json.writeFieldName("decoder");
    byteLevel(true);
    model();
    json.writeEndObject();
  }

  /// Tokens that are found in a text before it is cut: `<|im_start|>` written out becomes its id.
  private void addedTokens() throws IOException {
    json.writeArrayFieldStart("added_tokens");
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      Kind kind = vocabulary.kinds().get(id);
      if (kind != Kind.NORMAL) {
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeStringField("content", vocabulary.tokens().get(id));
        for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
          json.writeBooleanField(flag, false);
        }
        json.writeBooleanField("special", kind == Kind.CONTROL);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void normalizer() throws IOException {
    if (vocabulary.splitter() == Splitter.QWEN_2) {
      json.writeObjectFieldStart("normalizer");
      json.writeStringField("type", "NFC");
      json.writeEndObject();
    } else {
      json.writeNullField("normalizer");
    }
  }

  private void preTokenizer() throws IOException {
    json.writeObjectFieldStart("pre_tokenizer");
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("pretokenizers");
    switch (vocabulary.splitter()) {
      case GPT_2 -> byteLevel(true);
      case SMOLLM -> {
        json.writeStartObject();
        json.writeStringField("type", "Digits");
        json.writeBooleanField("individual_digits", true);
        json.writeEndObject();
        byteLevel(true);
      }
      case LLAMA_3 -> {
        split(PATTERN.formatted("{1,3}"));
        byteLevel(false);
      }
      case QWEN_2 -> {
        split(PATTERN.formatted(""));
        byteLevel(false);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void split(String pattern) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Split");
    json.writeObjectFieldStart("pattern");
    json.writeStringField("Regex", pattern);
    json.writeEndObject();
    json.writeStringField("behavior", "Isolated");
    json.writeBooleanField("invert", false);
    json.writeEndObject();
  }

  /// @param cuts whether it also cuts text by GPT-2's pattern
  private void byteLevel(boolean cuts) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "ByteLevel");
    json.writeBooleanField("add_prefix_space", false);
    json.writeBooleanField("trim_offsets", true);
    json.writeBooleanField("use_regex", cuts);
    json.writeEndObject();
  }

  private void model() throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("type", "BPE");
    for (String absent : new String[] {"dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"}) {
      json.writeNullField(absent);
    }
    json.writeBooleanField("fuse_unk", false);
    json.writeBooleanField("byte_fallback", false);
    json.writeBooleanField("ignore_merges", vocabulary.splitter() == Splitter.LLAMA_3);
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      json.writeNumberField(vocabulary.tokens().get(id), id);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("merges");
    for (String merge : vocabulary.merges()) {
      json.writeString(merge);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
