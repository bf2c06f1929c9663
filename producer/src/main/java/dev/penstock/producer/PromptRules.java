package dev.penstock.producer;

import dev.penstock.schemas.ChatMessage;
import dev.penstock.schemas.PromptRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of the contract that need no model to check. Who serves the prompt checks these and more; a prompt that
/// breaks one here is not worth sending.
final class PromptRules {

  private static final int MAX_NAME_CHARACTERS = 128;
  private static final int MAX_PICTURE_BYTES = 512 << 10;
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

  private PromptRules() {}

  /// @throws InvalidPromptException listing every broken rule
  static void require(PromptRequested prompt) {
    List<String> problems = new ArrayList<>();
    if (prompt.getPromptId() == null) problems.add("promptId is not set, allowed is " + PromptField.PROMPT_ID.allowed());
    name(problems, PromptField.PROMPT_ID, prompt.getPromptId());
    name(problems, PromptField.TENANT, prompt.getTenant());
    name(problems, PromptField.CAMPAIGN, prompt.getCampaign());
    name(problems, PromptField.ORDER_KEY, prompt.getOrderKey());
    input(problems, prompt);
    atLeastOne(problems, PromptField.VARIANTS, prompt.getVariants());
    atLeastOne(problems, PromptField.CANDIDATES, prompt.getCandidates());
    if (prompt.getTtlMs() != null && prompt.getTtlMs() < 1)
      problems.add("ttlMs is %d, allowed is at least 1".formatted(prompt.getTtlMs()));
    if (!problems.isEmpty()) throw new InvalidPromptException(problems);
  }

  private static void name(List<String> problems, PromptField field, @Nullable String value) {
    if (value == null) return;
    boolean printable = value.chars().noneMatch(Character::isISOControl);
    if (value.isBlank() || value.length() > MAX_NAME_CHARACTERS || !printable)
      problems.add(
          "%s is blank, has control characters or more than %d characters; allowed is %s"
              .formatted(field.fieldName(), MAX_NAME_CHARACTERS, field.allowed()));
  }

  private static void input(List<String> problems, PromptRequested prompt) {
    int given = 0;
    if (prompt.getText() != null) given++;
    if (prompt.getMessages() != null) given++;
    if (prompt.getTemplate() != null) given++;
    boolean onlyPicture = given == 0 && prompt.getPicture() != null;
    if (prompt.getPicture() != null && prompt.getPicture().remaining() > MAX_PICTURE_BYTES)
      problems.add(
          "picture has %,d bytes, allowed are at most %,d".formatted(prompt.getPicture().remaining(), MAX_PICTURE_BYTES));
    if (given != 1 && !onlyPicture)
      problems.add(
          given == 0 ? "text is not set; say what is wanted, or name a template" : "set only one of text, messages and template");
    if (prompt.getTemplate() == null && !prompt.getVariables().isEmpty())
      problems.add("variables are set, and no template that takes them; name one");
    if (prompt.getText() != null && prompt.getText().isBlank()) problems.add("text is empty; say what is wanted");
    if (prompt.getMessages() != null) messages(problems, prompt.getMessages());
  }

  private static void messages(List<String> problems, List<ChatMessage> messages) {
    if (messages.isEmpty()) problems.add("messages is empty; it needs at least one message");
    for (ChatMessage message : messages)
      if (!ROLES.contains(message.getRole()))
        problems.add("a message has the role '%s', allowed are system, user and assistant".formatted(message.getRole()));
  }

  private static void atLeastOne(List<String> problems, PromptField field, int value) {
    if (value < 1) problems.add("%s is %d, allowed is %s".formatted(field.fieldName(), value, field.allowed()));
  }
}
