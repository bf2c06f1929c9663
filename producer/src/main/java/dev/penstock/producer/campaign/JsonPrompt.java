package dev.penstock.producer.campaign;

import dev.penstock.producer.PromptDraft;

/// One prompt as a JSON object, with the keys of a campaign file's lines.
public final class JsonPrompt {

  private JsonPrompt() {}

  /// @param defaults what the prompt begins with; the object's own keys win
  public static CampaignRow read(String json, PromptDraft defaults) {
    return new RowMapping(defaults, null).map(JsonRows.row(1, json));
  }
}
