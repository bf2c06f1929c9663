package dev.penstock.generators.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.generators.GenerationException;
import dev.penstock.generators.Input;
import dev.penstock.generators.Input.Message;
import dev.penstock.generators.text.BestOf.Candidate;
import dev.penstock.generators.text.constraint.Constraint;
import dev.penstock.generators.text.constraint.ConstraintCompiler;
import dev.penstock.generators.text.constraint.ConstraintException;
import dev.penstock.generators.text.decoding.TextDraft.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests whose answers keep a constraint. Parameters: `jsonSchema`, a JSON Schema as text (docs/structured-output.md
/// lists what of it is supported), makes the answer JSON; `regex`, a regular expression that the whole answer matches.
/// At most one of them. Any thread.
final class AnswerConstraints {

  static final String JSON = "application/json";

  private static final String SCHEMA = "jsonSchema";
  private static final String REGEX = "regex";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ConstraintCompiler compiler;
  private final Tokenizer tokenizer;

  AnswerConstraints(ConstraintCompiler compiler, Tokenizer tokenizer) {
    this.compiler = compiler;
    this.tokenizer = tokenizer;
  }

  static boolean isIn(Map<String, Object> parameters) {
    return parameters.containsKey(SCHEMA) || parameters.containsKey(REGEX);
  }

  static String mediaType(Map<String, Object> parameters) {
    return parameters.containsKey(SCHEMA) ? JSON : LanguageModelGenerator.MEDIA_TYPE;
  }

  /// The constraint that the parameters ask for, or null.
  ///
  /// @throws GenerationException.Rejected if no answer of at most `maxTokens` tokens can keep it
  @Nullable Constraint of(Map<String, Object> parameters, int maxTokens) throws GenerationException {
    if (!isIn(parameters)) return null;
    if (parameters.containsKey(SCHEMA) && parameters.containsKey(REGEX))
      throw new GenerationException.Rejected(
          "INVALID_PARAMETER", "Parameters jsonSchema and regex are both set; only one of them is allowed.");
    try {
      String name = parameters.containsKey(SCHEMA) ? SCHEMA : REGEX;
      String text = String.valueOf(parameters.get(name));
      Constraint constraint = name.equals(SCHEMA) ? compiler.jsonSchema(text) : compiler.regex(text);
      if (constraint.shortestTokens() > maxTokens) throw tooShort(name, constraint.shortestTokens(), maxTokens);
      return constraint;
    } catch (ConstraintException e) {
      throw new GenerationException.Rejected(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private static GenerationException tooShort(String name, int needed, int maxTokens) {
    String sentence =
        needed == Integer.MAX_VALUE
            ? "The model's vocabulary cannot write any answer that keeps " + name + "."
            : "Parameter maxTokens is " + maxTokens + "; the shortest answer that keeps " + name + " takes " + needed + ".";
    return new GenerationException.Rejected("INVALID_PARAMETER", sentence);
  }

  /// An input that shows the model the constraint's examples, as earlier turns behind what the system says. Small models
  /// write the texts of a JSON answer far better after one.
  static Input withExamples(Input input, @Nullable Constraint constraint) {
    if (constraint == null || constraint.examples().isEmpty()) return input;
    List<Message> messages =
        new ArrayList<>(
            switch (input) {
              case Input.Text text -> List.of(new Message("user", text.text()));
              case Input.Chat chat -> chat.messages();
            });
    int at = 0;
    while (at < messages.size() && messages.get(at).role().equals("system")) at++;
    for (String example : constraint.examples()) {
      messages.add(at++, new Message("user", "Give an example of the JSON that you answer with."));
      messages.add(at++, new Message("assistant", example));
    }
    return new Input.Chat(messages);
  }

  /// An answer as it was written, nothing tidied: the constraint says what belongs to it.
  Candidate candidate(int number, Answer answer, Map<String, Object> parameters) {
    String text = tokenizer.decode(answer.tokens());
    if (!parameters.containsKey(SCHEMA)) return new Candidate(number, text, answer.tokens(), answer.finishReason());
    String wording = String.join("\n", texts(text));
    return new Candidate(number, text, wording, tokenizer.encode(wording), answer.finishReason());
  }

  /// All strings of a JSON text, in its order.
  private static List<String> texts(String json) {
    try {
      List<String> texts = new ArrayList<>();
      collect(MAPPER.readTree(json), texts);
      return texts;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that keeps a schema is JSON", e);
    }
  }

  private static void collect(JsonNode value, List<String> texts) {
    if (value.isTextual()) texts.add(value.textValue());
    else value.forEach(part -> collect(part, texts));
  }
}
