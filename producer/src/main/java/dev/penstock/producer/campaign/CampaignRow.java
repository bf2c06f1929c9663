package dev.penstock.producer.campaign;

import dev.penstock.schemas.PromptRequested;
import java.util.List;

/// One row of a campaign file.
public sealed interface CampaignRow {

  /// Where the row begins, from 1.
  long line();

  /// A row that is a prompt.
  record Good(long line, PromptRequested prompt) implements CampaignRow {}

  /// A row that is none.
  ///
  /// @param problems one sentence each: what is wrong, what is allowed
  record Bad(long line, List<String> problems) implements CampaignRow {
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
