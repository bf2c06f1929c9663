package dev.penstock.generators.text;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.Input;
import dev.penstock.generators.text.template.ChatMessage;
import dev.penstock.generators.text.template.ChatTemplate;
import dev.penstock.generators.text.template.syntax.TemplateException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes an input as the text that a model was trained on: through its chat template, or plainly where it has none
/// (the first-token string, then the messages, a blank line between them). Immutable; any thread.
final class PromptWriter {

  /// What a template that asks for the date is told: the same prompt must be the same text tomorrow.
  private static final LocalDateTime TODAY = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Tokenizer tokenizer;
  private final @Nullable ChatTemplate template;
  private final String bosToken;
  private final Map<String, Object> variables = new HashMap<>();

  /// @param bosToken what begins a text, or null
  /// @param eosToken what ends an answer, or null
  PromptWriter(
      Tokenizer tokenizer, @Nullable ChatTemplate template, @Nullable String bosToken, @Nullable String eosToken) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.bosToken = bosToken == null ? "" : bosToken;
    variables.put("bos_token", this.bosToken);
    variables.put("eos_token", eosToken == null ? "" : eosToken);
    variables.put("add_generation_prompt", true);
  }

  /// @throws GenerationException.Rejected if the input spells a control token, or the template refuses the conversation
  String write(Input input) throws GenerationException {
    List<ChatMessage> messages =
        switch (input) {
          case Input.Text text -> List.of(new ChatMessage("user", text.text()));
          case Input.Chat chat -> chat.messages().stream().map(m -> new ChatMessage(m.role(), m.content())).toList();
        };
    for (ChatMessage message : messages) refuseControlTokens(message);
    if (template == null) return bosToken + String.join("\n\n", messages.stream().map(ChatMessage::content).toList());
    try {
      return template.render(messages, variables, TODAY);
    } catch (TemplateException e) {
      throw new GenerationException.Rejected(
          "CHAT_TEMPLATE", "The model's chat template does not take this conversation: " + e.getMessage());
    }
  }

  private void refuseControlTokens(ChatMessage message) throws GenerationException {
    String written = message.role() + "\n" + message.content();
    String found = tokenizer.controlTokenIn(written).orElse(null);
    if (found != null)
      throw new GenerationException.Rejected(
          "CONTROL_TOKEN", "The prompt contains " + found + ", a control token of the model; prompts are plain text.");
  }
}
