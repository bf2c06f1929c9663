package dev.penstock.generators;

import java.util.List;
import java.util.Objects;

/// What a prompt gives a generator to work from.
public sealed interface Input {

  /// The words that say what is wanted, whatever form they came in; relevance is judged against them.
  String brief();

  /// Plain text. A chat model sees it as one user message.
  record Text(String text) implements Input {
    public Text {
      Objects.requireNonNull(text);
    }

    @Override
    public String brief() {
      return text;
    }
  }

  /// A conversation in order, for the model's own chat template.
  record Chat(List<Message> messages) implements Input {
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) throw new IllegalArgumentException("a conversation needs at least one message");
    }

    /// The last thing the user said.
    @Override
    public String brief() {
      return messages.reversed().stream()
          .filter(m -> m.role().equals("user"))
          .findFirst()
          .orElse(messages.getLast())
          .content();
    }
  }

  /// One turn; `role` as chat templates name it: system, user or assistant.
  record Message(String role, String content) {
    public Message {
      Objects.requireNonNull(role);
      Objects.requireNonNull(content);
    }
  }
}
