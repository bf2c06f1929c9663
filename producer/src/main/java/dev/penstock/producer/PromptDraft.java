package dev.penstock.producer;

import dev.penstock.schemas.ChatMessage;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.TrustedClasses;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A prompt in the making, set field by field. Not thread-safe.
public final class PromptDraft {

  static {
    TrustedClasses.declare();
  }

  private final PromptRequested.Builder builder;
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  public PromptDraft() {
    this.builder = PromptRequested.newBuilder();
  }

  /// A draft that begins with everything `other` has set.
  public PromptDraft(PromptDraft other) {
    this.builder = PromptRequested.newBuilder(other.builder);
    this.parameters.putAll(other.parameters);
    this.variables.putAll(other.variables);
  }

  /// @throws InvalidPromptException naming the field, the text and what is allowed
  public PromptDraft set(PromptField field, String text) {
    field.set(builder, text);
    return this;
  }

  /// Sets a parameter of the model, as text; the instance that serves the model checks it.
  public PromptDraft parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  /// Sets a variable of the template, as text; the instance that has the template checks it.
  public PromptDraft variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /// Sets the prompt as a conversation.
  public PromptDraft messages(List<ChatMessage> messages) {
    builder.setMessages(new ArrayList<>(messages));
    return this;
  }

  /// Sets the picture to work from: a PNG or JPEG, as it is in a file.
  public PromptDraft picture(byte[] encoded) {
    builder.setPicture(ByteBuffer.wrap(encoded.clone()));
    return this;
  }

  /// The prompt, with a new id if none was set. May be called again.
  ///
  /// @throws InvalidPromptException if the whole breaks a rule
  public PromptRequested build() {
    PromptRequested.Builder complete =
        PromptRequested.newBuilder(builder)
            .setParameters(new HashMap<>(parameters))
            .setVariables(new HashMap<>(variables));
    if (!complete.hasPromptId()) complete.setPromptId(Ids.newPromptId());
    PromptRequested prompt = complete.build();
    PromptRules.require(prompt);
    return prompt;
  }
}
