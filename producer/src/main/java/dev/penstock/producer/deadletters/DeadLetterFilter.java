package dev.penstock.producer.deadletters;

import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.SourcePosition;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which dead letters are meant. What is null or empty leaves nothing out.
///
/// @param since failed then or later
/// @param until failed before
/// @param reasons one of these codes
/// @param source where the prompt record lies
public record DeadLetterFilter(
    @Nullable Instant since,
    @Nullable Instant until,
    Set<String> reasons,
    @Nullable String tenant,
    @Nullable String promptId,
    @Nullable Source source) {

  public DeadLetterFilter {
    reasons = Set.copyOf(reasons);
  }

  /// Leaves nothing out.
  public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, Set.of(), null, null, null);

  /// A topic, a partition of it, or one record in it.
  public record Source(String topic, @Nullable Integer partition, @Nullable Long offset) {

    boolean holds(SourcePosition position) {
      return topic.equals(position.getTopic())
          && (partition == null || partition == position.getPartition())
          && (offset == null || offset == position.getOffset());
    }
  }

  public boolean isAll() {
    return equals(ALL);
  }

  public boolean matches(DeadLetter letter) {
    return (since == null || !letter.getFailedAt().isBefore(since))
        && (until == null || letter.getFailedAt().isBefore(until))
        && (reasons.isEmpty() || reasons.contains(letter.getReason()))
        && (tenant == null || Objects.equals(tenant, letter.getTenant()))
        && (promptId == null || Objects.equals(promptId, letter.getPromptId()))
        && (source == null || source.holds(letter.getSource()));
  }

  /// `topic-partition@offset`, as `replayOf` names it.
  public static String position(SourcePosition source) {
    return "%s-%d@%d".formatted(source.getTopic(), source.getPartition(), source.getOffset());
  }
}
