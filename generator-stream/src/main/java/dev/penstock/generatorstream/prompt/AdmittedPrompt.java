package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.schemas.PromptRequested;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A prompt that may enter: valid, and everything pinned that could change its content.
///
/// @param request what was asked for; its `promptId` is set
/// @param model the version that will serve it
/// @param parameters typed, defaults filled in
/// @param idHash 64 bits that stand for the prompt id where ids are kept by the million
/// @param seed the base seed
/// @param deadlineMillis epoch milliseconds, `Long.MAX_VALUE` for none
/// @param template what the template it names became, or null if it brings its own text
public record AdmittedPrompt(
    SourceRecord source,
    PromptRequested request,
    ServedModel model,
    Map<String, Object> parameters,
    long idHash,
    long seed,
    Priority priority,
    long deadlineMillis,
    @Nullable FilledTemplate template,
    ContentIds contentIds)
    implements Incoming {

  public AdmittedPrompt {
    parameters = Map.copyOf(parameters);
  }

  public AdmittedPrompt(
      SourceRecord source,
      PromptRequested request,
      ServedModel model,
      Map<String, Object> parameters,
      long idHash,
      long seed,
      Priority priority,
      long deadlineMillis,
      @Nullable FilledTemplate template) {
    this(
        source, request, model, parameters, idHash, seed, priority, deadlineMillis, template,
        new ContentIds(request.getPromptId(), request.getVariants()));
  }

  public String promptId() {
    return request.getPromptId();
  }

  /// What the content of a variant is called.
  ///
  /// @param variant below the number of variants that the prompt wants
  public String contentId(int variant) {
    return contentIds.of(variant);
  }

  /// The picture that came with it.
  public @Nullable InputPicture picture() {
    ByteBuffer bytes = request.getPicture();
    if (bytes == null) return null;
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new InputPicture(copy);
  }

  /// What is generated from, beside the picture; empty words if it brings nothing else.
  public Input input() {
    if (template != null) return template.input();
    if (request.getText() != null) return new Input.Text(request.getText());
    if (request.getMessages() == null) return new Input.Text("");
    return new Input.Chat(
        request.getMessages().stream().map(m -> new Input.Message(m.getRole(), m.getContent())).toList());
  }
}
