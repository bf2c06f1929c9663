package dev.penstock.chaos.guarantee;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the topics say became of the prompts. Immutable.
///
/// @param prompts every record of the prompts topic
/// @param outcomes every committed record of the outcomes topic
/// @param contents every committed record of the content topic
/// @param chunks every record of the chunks topic, those of executions that were given up among them
/// @param inbox where the prompts lie that are accepted and have not ended
public record Account(
    List<Prompt> prompts, List<Outcome> outcomes, List<Content> contents, List<Chunk> chunks, Inbox inbox) {

  public Account {
    prompts = List.copyOf(prompts);
    outcomes = List.copyOf(outcomes);
    contents = List.copyOf(contents);
    chunks = List.copyOf(chunks);
  }

  /// Where a record lies.
  public record Position(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /// @param orderKey null if it asks for no order
  public record Prompt(
      Position position, ByteBuffer key, String promptId, @Nullable String orderKey, Instant at) {}

  /// @param source the prompt record it is the end of
  /// @param reason a stable code, or null
  /// @param at when it was written
  public record Outcome(
      Position position,
      ByteBuffer key,
      Position source,
      String outcome,
      @Nullable String reason,
      List<String> contentIds,
      Instant at) {}

  /// @param body null if it lies in the object store
  /// @param seal null if its prompt asked for no chunks
  public record Content(
      Position position,
      ByteBuffer key,
      String contentId,
      String promptId,
      long seed,
      @Nullable ByteBuffer body,
      String bodySha256,
      String executionId,
      @Nullable Seal seal) {}

  /// What a content record says about the chunks of its execution.
  public record Seal(int chunks, String sha256) {}

  public record Chunk(String executionId, int index, String text) {}

  /// What the inboxes' changelog holds.
  ///
  /// @param accepted by partition of the prompts topic, the offset below which every prompt is accepted; read before
  ///     the changelog
  /// @param inFlight the prompts that have an entry
  public record Inbox(Map<Integer, Long> accepted, Set<Position> inFlight) {
    public Inbox {
      accepted = Map.copyOf(accepted);
      inFlight = Set.copyOf(inFlight);
    }
  }

  /// How many prompt records have an outcome; a second outcome of one does not count.
  public int ended() {
    Set<Position> sources = sources();
    return (int) prompts.stream().filter(prompt -> sources.contains(prompt.position())).count();
  }

  /// The prompt records that outcomes are of.
  public Set<Position> sources() {
    Set<Position> sources = new HashSet<>();
    for (Outcome outcome : outcomes) sources.add(outcome.source());
    return sources;
  }

  /// Every violation of every guarantee.
  public List<String> violations(Guarantee... guarantees) {
    return Stream.of(guarantees).flatMap(guarantee -> guarantee.violations(this).stream()).toList();
  }

  /// @throws AssertionError with every violation of every guarantee
  public Account mustHold(Guarantee... guarantees) {
    List<String> violations = violations(guarantees);
    if (!violations.isEmpty())
      throw new AssertionError(
          "%d violations in %d prompts, %d outcomes, %d contents:%n%s"
              .formatted(
                  violations.size(), prompts.size(), outcomes.size(), contents.size(), String.join("\n", violations)));
    return this;
  }

  /// The longest time in which a partition ended nothing, from `start` to the last outcome of that partition.
  public Duration longestSilenceAfter(Instant start) {
    return outcomes.stream()
        .map(outcome -> outcome.position().partition())
        .distinct()
        .map(partition -> silence(partition, start))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Duration silence(int partition, Instant start) {
    List<Instant> times =
        outcomes.stream()
            .filter(outcome -> outcome.position().partition() == partition && outcome.at().isAfter(start))
            .map(Outcome::at)
            .sorted()
            .toList();
    Duration longest = Duration.ZERO;
    Instant before = start;
    for (Instant time : times) {
      Duration gap = Duration.between(before, time);
      if (gap.compareTo(longest) > 0) longest = gap;
      before = time;
    }
    return longest;
  }
}
