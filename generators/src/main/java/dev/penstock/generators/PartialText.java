package dev.penstock.generators;

import java.util.Map;

/// Makes text of one execution's parts, as they come. One thread at a time.
public interface PartialText {

  /// Takes the next part.
  ///
  /// @return what is certain now of the text that will be published and was not returned before; often empty, never
  ///     with a part of a character
  String add(PartialResult part);

  /// Makes text of a model's executions. Any thread.
  interface Source {

    /// For a new execution of a request.
    PartialText begin(GenerationRequest request);

    /// What the text of such a request is published as.
    default String mediaType(Map<String, Object> parameters) {
      return "text/plain; charset=utf-8";
    }
  }
}
