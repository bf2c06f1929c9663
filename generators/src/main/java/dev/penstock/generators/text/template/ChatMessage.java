package dev.penstock.generators.text.template;

import java.util.Objects;

/// One turn of a conversation.
///
/// @param role who speaks, such as `system`, `user` or `assistant`; the template decides which roles it takes
/// @param content what was said
public record ChatMessage(String role, String content) {
  public ChatMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(content, "content");
  }
}
