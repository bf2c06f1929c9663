package dev.penstock.generators.models.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.writing.LanguageModelSource;
import dev.penstock.generators.models.writing.StopTokens;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Tokenizer, chat template and stop tokens of a folder: `tokenizer.json`, `tokenizer_config.json`,
/// `chat_template.jinja`, and the `eos_token_id` of `generation_config.json` and others.
public final class TokenizerFiles {

  private static final String TOKENIZER = "tokenizer.json";
  private static final long MAX_TOKENIZER = 128 << 20;
  private static final long MAX_SETTINGS = 32 << 20;

  private final Path folder;
  private final JsonFile tokenizer;
  private final Optional<JsonFile> settings;

  private TokenizerFiles(Path folder, JsonFile tokenizer, Optional<JsonFile> settings) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.settings = settings;
  }

  /// @throws ModelImportException a file is missing or damaged
  public static TokenizerFiles read(Path folder) {
    Path file = folder.resolve(TOKENIZER);
    if (!Files.isRegularFile(file)) {
      throw new ModelImportException(TOKENIZER + " is missing in " + folder + "; the import needs the tokenizer in "
          + "that format, as AutoTokenizer.save_pretrained of Transformers writes it.");
    }
    return new TokenizerFiles(folder, JsonFile.read(file, MAX_TOKENIZER), optional(folder, "tokenizer_config.json"));
  }

  private static Optional<JsonFile> optional(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file) ? Optional.of(JsonFile.read(file, MAX_SETTINGS)) : Optional.empty();
  }

  /// Copies the tokenizer.
  ///
  /// @throws ModelImportException it is damaged
  public void write(Path target) throws IOException {
    Files.copy(folder.resolve(TOKENIZER), target);
    try {
      Tokenizer.open(target).close();
    } catch (IOException damaged) {
      throw new ModelImportException(folder.resolve(TOKENIZER) + " cannot be used: " + damaged.getMessage(), damaged);
    }
  }

  /// @param endIds ids of tokens that end an answer, by the model's own settings
  public LanguageModelSource.Chat chat(List<Integer> endIds) {
    Optional<String> template = template();
    boolean namesBos = template.filter(text -> text.contains("bos_token")).isPresent();
    Optional<String> bos = token("bos_token").filter(text -> namesBos || addsBos());
    return new LanguageModelSource.Chat(template, bos, List.copyOf(ends(endIds)));
  }

  /// The ids that `generation_config.json`, where there is one, and `config` name as the end of an answer.
  public List<Integer> endIds(JsonFile config) {
    Set<Integer> ids = new LinkedHashSet<>();
    optional(folder, "generation_config.json").ifPresent(generation -> add(generation, ids));
    add(config, ids);
    return List.copyOf(ids);
  }

  private static void add(JsonFile json, Set<Integer> ids) {
    JsonNode value = json.node().path("eos_token_id");
    for (JsonNode id : value.isArray() ? value : List.of(value)) {
      if (id.isIntegralNumber() && id.canConvertToInt()) {
        ids.add(id.intValue());
      } else if (!id.isNull() && !id.isMissingNode()) {
        throw json.refused("eos_token_id is " + value + "; whole numbers are needed");
      }
    }
  }

  private Set<String> ends(List<Integer> endIds) {
    Set<String> ends = new LinkedHashSet<>();
    token("eos_token").ifPresent(ends::add);
    Map<Integer, String> texts = texts();
    for (int id : endIds) {
      ends.add(Optional.ofNullable(texts.get(id)).orElseThrow(() -> new ModelImportException(folder
          + ": eos_token_id is " + id + ", which " + TOKENIZER + " does not have.")));
    }
    for (JsonNode token : tokenizer.node().path("added_tokens")) {
      if (token.path("special").asBoolean() && StopTokens.KNOWN.contains(token.path("content").asText())) {
        ends.add(token.path("content").asText());
      }
    }
    return ends;
  }

  /// Token texts by id.
  private Map<Integer, String> texts() {
    Map<Integer, String> texts = new TreeMap<>();
    tokenizer.node().path("model").path("vocab").properties()
        .forEach(entry -> texts.put(entry.getValue().asInt(-1), entry.getKey()));
    tokenizer.node().path("added_tokens")
        .forEach(token -> texts.put(token.path("id").asInt(-1), token.path("content").asText()));
    return texts;
  }

  /// A token of the settings: its text, or an object that has it as `content`.
  private Optional<String> token(String key) {
    return settings.map(json -> json.node().path(key)).map(value -> value.isObject() ? value.path("content") : value)
        .filter(JsonNode::isTextual).map(JsonNode::textValue).filter(text -> !text.isEmpty());
  }

  /// Whether a prompt begins with that token: it says so, or the tokenizer puts it there.
  private boolean addsBos() {
    if (settings.isPresent() && settings.get().has("add_bos_token")) {
      return settings.get().bool("add_bos_token", false);
    }
    return tokenizer.node().path("post_processor").toString().contains("\"" + token("bos_token").orElse("") + "\"");
  }

  /// A file of its own wins over the settings; of several named templates the one called `default`.
  private Optional<String> template() {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      try {
        if (Files.size(file) <= MAX_SETTINGS) {
          return Optional.of(Files.readString(file));
        }
        throw new ModelImportException(file + " has more than " + MAX_SETTINGS + " bytes.");
      } catch (IOException unreadable) {
        throw new ModelImportException(file + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
      }
    }
    JsonNode value = settings.<JsonNode>map(json -> json.node().path("chat_template")).orElse(null);
    if (value != null && value.isArray()) {
      for (JsonNode named : value) {
        if (named.path("name").asText().equals("default")) {
          return Optional.of(named.path("template").asText());
        }
      }
    }
    return Optional.ofNullable(value).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
