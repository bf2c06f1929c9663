package dev.penstock.generators.text.template;

import dev.penstock.generators.text.template.render.Rendering;
import dev.penstock.generators.text.template.syntax.FreeNames;
import dev.penstock.generators.text.template.syntax.Statement;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.syntax.TemplateLimits;
import dev.penstock.generators.text.template.syntax.TemplateParser;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A model's chat template, as in the `chat_template` of a Hugging Face `tokenizer_config.json`: the part of Jinja 3.1
/// that such templates use, with `trim_blocks`, `lstrip_blocks` and Transformers' additions. It reaches no Java object,
/// and every bound of [TemplateLimits] holds, so a template from anywhere may be rendered. Immutable; any thread.
public final class ChatTemplate {
  private final List<Statement> statements;
  private final TemplateLimits limits;

  private ChatTemplate(List<Statement> statements, TemplateLimits limits) {
    this.statements = statements;
    this.limits = limits;
  }

  /// @throws TemplateException naming line and column of what cannot be read
  public static ChatTemplate parse(String source) {
    return parse(source, TemplateLimits.DEFAULT);
  }

  /// @throws TemplateException naming line and column of what cannot be read
  public static ChatTemplate parse(String source, TemplateLimits limits) {
    return new ChatTemplate(TemplateParser.parse(source, limits), limits);
  }

  /// The names that it reads and does not set itself: variables it expects, and functions of the template language.
  public Set<String> freeNames() {
    return FreeNames.of(statements);
  }

  /// Renders with the present local time for `strftime_now`.
  ///
  /// @see #render(List, Map, LocalDateTime)
  public String render(List<ChatMessage> messages, Map<String, ?> variables) {
    return render(messages, variables, LocalDateTime.now());
  }

  /// The text of a conversation.
  ///
  /// @param variables such as `bos_token`, `eos_token` and `add_generation_prompt`: null, strings, booleans, numbers of
  ///     64 bits, and lists and maps of these. As in Transformers, `tools` and `documents` are none and
  ///     `add_generation_prompt` is false unless given.
  /// @param now what `strftime_now` writes; the same time gives the same text
  /// @throws TemplateException of kind `RAISED` if the template refuses the conversation, of another kind if it fails
  /// @throws IllegalArgumentException if a variable is named `messages` or has another class than those above
  public String render(List<ChatMessage> messages, Map<String, ?> variables, LocalDateTime now) {
    if (variables.containsKey("messages")) {
      throw new IllegalArgumentException("The variable 'messages' of a chat template is the conversation itself.");
    }
    List<Map<String, Object>> conversation = new ArrayList<>();
    for (ChatMessage message : messages) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("role", message.role());
      fields.put("content", message.content());
      conversation.add(fields);
    }
    Map<String, Object> all = new HashMap<>();
    all.put("tools", null);
    all.put("documents", null);
    all.put("add_generation_prompt", false);
    all.putAll(variables);
    all.put("messages", conversation);
    return Rendering.render(statements, all, now, limits);
  }
}
