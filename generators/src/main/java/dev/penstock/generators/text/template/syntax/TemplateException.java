package dev.penstock.generators.text.template.syntax;

import dev.penstock.generators.text.template.value.ValueError;

/// Why a chat template could not be read or rendered: one sentence with its line and column.
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public enum Kind {
    /// The source is no template of the supported subset: the template's fault.
    SYNTAX,
    /// The template called `raise_exception`: it refuses this conversation, which is the request's fault.
    RAISED,
    /// An operation failed while rendering, such as an attribute of something undefined.
    RENDERING,
    /// A bound was met: the template or the conversation is too large.
    LIMIT
  }

  private final Kind kind;
  private final transient Position position;
  private final String sentence;

  public TemplateException(Kind kind, Position position, String sentence) {
    super("Chat template, %s: %s".formatted(position, sentence));
    this.kind = kind;
    this.position = position;
    this.sentence = sentence;
  }

  public static TemplateException syntax(Position position, String sentence) {
    return new TemplateException(Kind.SYNTAX, position, sentence);
  }

  public static TemplateException at(Position position, ValueError error) {
    Kind kind = switch (error.reason()) {
      case OPERATION -> Kind.RENDERING;
      case LIMIT -> Kind.LIMIT;
      case RAISED -> Kind.RAISED;
    };
    return new TemplateException(kind, position, error.sentence());
  }

  public Kind kind() {
    return kind;
  }

  public Position position() {
    return position;
  }

  /// The message without the place; for [Kind#RAISED] exactly what the template said.
  public String sentence() {
    return sentence;
  }
}
