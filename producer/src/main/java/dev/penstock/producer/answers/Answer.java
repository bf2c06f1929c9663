package dev.penstock.producer.answers;

import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import java.util.List;

/// How a prompt ended and what was generated for it.
///
/// @param contents by variant; fewer than the outcome names if the topic no longer has them
public record Answer(PromptOutcome outcome, List<ContentGenerated> contents) {

  public Answer {
    contents = List.copyOf(contents);
  }
}
