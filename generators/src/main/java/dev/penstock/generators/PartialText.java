package dev.penstock.generators;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Map;

/// Makes text of one execution's parts, as they come, or bytes that are written as text. One thread at a time.
@FunctionalInterface
public interface PartialText {

  /// Takes the next part.
  ///
  /// @return what is certain now of the text that will be published and was not returned before; often empty, never
  ///     with a part of a character
  String add(PartialResult part);

  /// Nobody wants more of it.
  default void close() {}

  /// Makes text of a model's executions. Any thread.
  interface Source {

    /// For a new execution of a request.
    PartialText begin(GenerationRequest request);

    /// What the text of such a request is published as.
    default String mediaType(Map<String, Object> parameters) {
      return "text/plain; charset=utf-8";
    }

    /// How its characters become the bytes of the body: UTF-8 for text; ISO 8859-1 for what is no text, a character a byte.
    default Charset charset() {
      return UTF_8;
    }
  }
}
