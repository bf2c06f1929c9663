package dev.penstock.generatorstream.templates;

import dev.penstock.generators.Input;
import dev.penstock.generators.models.Spelling;
import dev.penstock.generators.text.template.ChatTemplate;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.syntax.TemplateLimits;
import dev.penstock.generatorstream.prompt.FilledTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A prompt with places for variables. Its texts are in the part of Jinja that chat templates use; a template reads its
/// variables and nothing else, runs no code and writes at most [#MAX_CHARACTERS]. Immutable; any thread.
///
/// @param variables by name, in the order of the file
/// @param turns one without a role for a plain text, or the messages of a conversation
public record PromptTemplate(
    String name, int version, String description, Map<String, TemplateVariable> variables, List<Turn> turns) {

  /// What a prompt of a template may be long.
  public static final int MAX_CHARACTERS = 32_768;

  static final TemplateLimits LIMITS =
      new TemplateLimits(64 << 10, 32, 32, 1_000, MAX_CHARACTERS, 1 << 20);

  /// One text of a template.
  ///
  /// @param role system, user or assistant; empty for the only text of a template that is no conversation
  public record Turn(String role, ChatTemplate text) {}

  public PromptTemplate {
    variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    turns = List.copyOf(turns);
  }

  /// `name@version`.
  public String reference() {
    return name + "@" + version;
  }

  /// The prompt that these variables make.
  ///
  /// @throws TemplateRefusal UNKNOWN_VARIABLE, MISSING_VARIABLE or INVALID_VARIABLE, naming the variable; TEXT_TOO_LONG
  ///     or TEMPLATE_FAILED if the values make a text that is not allowed, and EMPTY_TEXT if they make none
  public FilledTemplate fill(Map<String, String> given) throws TemplateRefusal {
    Map<String, Object> values = values(given);
    List<Input.Message> messages = new ArrayList<>();
    int characters = 0;
    for (Turn turn : turns) {
      String text = render(turn, values).strip();
      characters += text.length();
      if (characters > MAX_CHARACTERS) throw tooLong();
      messages.add(new Input.Message(turn.role(), text));
    }
    if (characters == 0) throw new TemplateRefusal("EMPTY_TEXT", "template %s makes an empty prompt".formatted(reference()));
    boolean isPlain = turns.getFirst().role().isEmpty();
    return new FilledTemplate(
        reference(), isPlain ? new Input.Text(messages.getFirst().content()) : new Input.Chat(messages));
  }

  private Map<String, Object> values(Map<String, String> given) throws TemplateRefusal {
    for (String name : given.keySet()) if (!variables.containsKey(name)) throw unknown(name);
    Map<String, Object> values = new LinkedHashMap<>();
    for (TemplateVariable variable : variables.values())
      values.put(variable.name(), variable.valueOf(given.get(variable.name()), reference()));
    return values;
  }

  private TemplateRefusal unknown(String name) {
    String shown = name.replaceAll("[^\\p{Alnum}._-]", "?");
    if (shown.length() > 64) shown = shown.substring(0, 64) + "...";
    String hint = Spelling.nearest(name, variables.keySet()).map(near -> "; did you mean %s?".formatted(near)).orElse("");
    return new TemplateRefusal(
        "UNKNOWN_VARIABLE",
        "the variable %s is not one of template %s, which takes %s%s"
            .formatted(shown, reference(), variables.isEmpty() ? "none" : String.join(", ", variables.keySet()), hint));
  }

  private String render(Turn turn, Map<String, Object> values) throws TemplateRefusal {
    try {
      return turn.text().render(List.of(), values);
    } catch (TemplateException e) {
      if (e.kind() == TemplateException.Kind.LIMIT) throw tooLong();
      throw new TemplateRefusal(
          "TEMPLATE_FAILED", "template %s, %s: %s".formatted(reference(), e.position(), e.sentence()));
    }
  }

  private TemplateRefusal tooLong() {
    return new TemplateRefusal(
        "TEXT_TOO_LONG",
        "template %s makes a prompt beyond %d characters with these variables".formatted(reference(), MAX_CHARACTERS));
  }
}
