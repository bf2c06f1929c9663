package dev.penstock.sink.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.VariantFailure;
import dev.penstock.schemas.framing.TrustedClasses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A row of `outcome` as the record it was written from, the mirror of [OutcomeColumns].
final class OutcomeRow {

  static {
    TrustedClasses.declare();
  }

  private OutcomeRow() {}

  static StoredOutcome read(ResultSet row) throws SQLException {
    PromptOutcome outcome =
        PromptOutcome.newBuilder()
            .setPromptId(row.getString("prompt_id"))
            .setTenant(row.getString("tenant"))
            .setOutcome(ContentRow.named(Outcome.class, row.getString("outcome"), Outcome.UNKNOWN))
            .setContentIds(List.of((String[]) row.getArray("content_ids").getArray()))
            .setReason(row.getString("reason"))
            .setMessage(row.getString("message"))
            .setFailures(failures(StorableText.parse(row.getString("failures"))))
            .setDuplicateOf(row.getString("duplicate_of"))
            .setSource(
                new SourcePosition(
                    row.getString("prompt_topic"), row.getInt("prompt_partition"), row.getLong("prompt_offset")))
            .setRequestedAt(ContentRow.instant(row, "requested_at"))
            .setEndedAt(ContentRow.instant(row, "ended_at"))
            .setModel(row.getString("model"))
            .setReplayOf(row.getString("replay_of"))
            .build();
    return new StoredOutcome(outcome, ContentRow.position(row));
  }

  private static List<VariantFailure> failures(JsonNode json) {
    List<VariantFailure> failures = new ArrayList<>();
    for (JsonNode one : json)
      failures.add(
          new VariantFailure(
              one.path("variant").asInt(), one.path("reason").asText(), one.path("message").asText()));
    return failures;
  }
}
