package dev.penstock.generators.models.diffusers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The tokenizer of CLIP in the format of Hugging Face tokenizers: byte-pair encoding of lower-case words whose last piece ends
/// in `</w>`, between a start and an end token (Radford et al., "Learning transferable visual models", 2021; OpenAI's
/// simple_tokenizer.py).
final class ClipTokenizer {

  private static final long MAX_BYTES = 8 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WORDS =
      "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private ClipTokenizer() {}

  /// The token after a text.
  ///
  /// @param padding its id
  record Written(long padding) {}

  /// Writes `tokenizer.json` of a folder that has one, or `vocab.json` and `merges.txt`.
  static Written write(Path folder, Path target) throws IOException {
    Path ready = folder.resolve("tokenizer.json");
    JsonFile config = JsonFile.read(folder.resolve("tokenizer_config.json"), MAX_BYTES);
    String kind = config.optionalText("tokenizer_class").orElse("CLIPTokenizer");
    if (!kind.startsWith("CLIPTokenizer")) {
      throw config.refused("tokenizer_class is " + kind + "; CLIPTokenizer can be imported");
    }
    if (Files.isRegularFile(ready)) {
      Files.copy(ready, target);
      JsonFile tokenizer = JsonFile.read(ready, MAX_BYTES);
      return new Written(padding(config, tokenizer.object("model").object("vocab")));
    }
    JsonFile vocabulary = JsonFile.read(folder.resolve("vocab.json"), MAX_BYTES);
    Path merges = folder.resolve("merges.txt");
    if (!Files.isRegularFile(merges)) {
      throw new ModelImportException("merges.txt is missing in " + folder + "; the import needs it.");
    }
    JSON.writeValue(target.toFile(), tokenizer(config, vocabulary, Files.readAllLines(merges)));
    return new Written(padding(config, vocabulary));
  }

  private static long padding(JsonFile config, JsonFile vocabulary) {
    return id(vocabulary, control(config, "pad_token"));
  }

  private static String control(JsonFile config, String key) {
    return config.has(key) && config.node().get(key).isObject()
        ? config.object(key).text("content")
        : config.optionalText(key).orElse(key.equals("bos_token") ? "<|startoftext|>" : "<|endoftext|>");
  }

  private static long id(JsonFile vocabulary, String token) {
    if (!vocabulary.has(token)) {
      throw vocabulary.refused("it has no token " + token);
    }
    return vocabulary.node().get(token).asLong();
  }

  private static ObjectNode tokenizer(JsonFile config, JsonFile vocabulary, List<String> merges) {
    String start = control(config, "bos_token");
    String end = control(config, "eos_token");
    ObjectNode all = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = all.putArray("added_tokens");
    for (String token : List.of(start, end)) {
      added.addObject().put("id", id(vocabulary, token)).put("content", token).put("single_word", false).put("lstrip", false)
          .put("rstrip", false).put("normalized", true).put("special", true);
    }
    ArrayNode normalizers = all.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    normalizers.addObject().put("type", "NFC");
    normalizers.addObject().put("type", "Replace").put("content", " ").putObject("pattern").put("Regex", "\\s+");
    normalizers.addObject().put("type", "Lowercase");
    ArrayNode cutters = all.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    cutters.addObject().put("type", "Split").put("behavior", "Removed").put("invert", true).putObject("pattern").put("Regex", WORDS);
    cutters.addObject().put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", true);
    ObjectNode around = all.putObject("post_processor").put("type", "RobertaProcessing");
    around.putArray("sep").add(end).add(id(vocabulary, end));
    around.putArray("cls").add(start).add(id(vocabulary, start));
    around.put("trim_offsets", false).put("add_prefix_space", false);
    all.putObject("decoder").put("type", "ByteLevel").put("add_prefix_space", true).put("trim_offsets", true).put("use_regex", true);
    ObjectNode model = all.putObject("model").put("type", "BPE").put("unk_token", end).put("continuing_subword_prefix", "")
        .put("end_of_word_suffix", "</w>").put("fuse_unk", false).put("byte_fallback", false);
    model.putNull("dropout");
    model.set("vocab", vocabulary.node());
    ArrayNode list = model.putArray("merges");
    merges.stream().filter(line -> !line.startsWith("#version") && line.indexOf(' ') > 0).forEach(list::add);
    return all;
  }
}
