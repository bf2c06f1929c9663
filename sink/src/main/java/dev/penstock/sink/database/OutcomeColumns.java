package dev.penstock.sink.database;

import static dev.penstock.sink.database.Column.json;
import static dev.penstock.sink.database.Column.of;

import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.VariantFailure;
import dev.penstock.sink.arrival.OutcomeArrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The columns of `outcome`.
final class OutcomeColumns {

  static final List<Column<OutcomeArrival>> ALL = columns();
  static final String UPSERT = Column.upsert("outcome", "prompt_topic, prompt_partition, prompt_offset", ALL);

  private OutcomeColumns() {}

  private static List<Column<OutcomeArrival>> columns() {
    List<Column<OutcomeArrival>> all = new ArrayList<>();
    all.add(text("prompt_topic", o -> o.getSource().getTopic()));
    all.add(value("prompt_partition", o -> o.getSource().getPartition()));
    all.add(value("prompt_offset", o -> o.getSource().getOffset()));
    all.add(text("prompt_id", PromptOutcome::getPromptId));
    all.add(text("tenant", PromptOutcome::getTenant));
    all.add(value("outcome", o -> o.getOutcome().name()));
    all.add(value("content_ids", o -> o.getContentIds().stream().map(StorableText::of).toArray(String[]::new)));
    all.add(text("reason", PromptOutcome::getReason));
    all.add(text("message", PromptOutcome::getMessage));
    all.add(json("failures", arrival -> failures(arrival.outcome().getFailures())));
    all.add(text("duplicate_of", PromptOutcome::getDuplicateOf));
    all.add(value("requested_at", PromptOutcome::getRequestedAt));
    all.add(value("ended_at", PromptOutcome::getEndedAt));
    all.add(text("model", PromptOutcome::getModel));
    all.add(text("replay_of", PromptOutcome::getReplayOf));
    all.addAll(PositionColumns.of(OutcomeArrival::position));
    return List.copyOf(all);
  }

  private static Column<OutcomeArrival> value(String name, Function<PromptOutcome, @Nullable Object> value) {
    return of(name, arrival -> value.apply(arrival.outcome()));
  }

  private static Column<OutcomeArrival> text(String name, Function<PromptOutcome, @Nullable String> value) {
    return of(name, arrival -> StorableText.ofNullable(value.apply(arrival.outcome())));
  }

  private static String failures(List<VariantFailure> failures) {
    return StorableText.json(
        (Object)
            failures.stream()
                .map(
                    failure ->
                        Map.of(
                            "variant", failure.getVariant(),
                            "reason", StorableText.of(failure.getReason()),
                            "message", StorableText.of(failure.getMessage())))
                .toList());
  }
}
