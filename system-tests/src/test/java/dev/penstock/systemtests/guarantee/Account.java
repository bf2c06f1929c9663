package dev.penstock.systemtests.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What the topics say became of the prompts. Immutable.
///
/// @param prompts every record of the prompts topic
/// @param outcomes every committed record of the outcomes topic
/// @param contents every committed record of the content topic
public record Account(List<Prompt> prompts, List<Outcome> outcomes, List<Content> contents) {

  public Account {
    prompts = List.copyOf(prompts);
    outcomes = List.copyOf(outcomes);
    contents = List.copyOf(contents);
  }

  /// Where a record lies.
  public record Position(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  public record Prompt(Position position, ByteBuffer key, String promptId) {}

  /// @param source the prompt record it is the end of
  /// @param at when it was written
  public record Outcome(
      Position position, ByteBuffer key, Position source, String outcome, List<String> contentIds, Instant at) {}

  public record Content(
      Position position, ByteBuffer key, String contentId, String promptId, long seed, ByteBuffer body) {}

  /// How many prompt records have an outcome; a second outcome of one does not count.
  public int ended() {
    Set<Position> sources = new HashSet<>();
    for (Outcome outcome : outcomes) sources.add(outcome.source());
    return (int) prompts.stream().filter(prompt -> sources.contains(prompt.position())).count();
  }

  /// Fails with every violation of every guarantee.
  public Account mustHold(Guarantee... guarantees) {
    assertThat(Stream.of(guarantees).flatMap(guarantee -> guarantee.violations(this).stream()))
        .as("violations in %d prompts, %d outcomes, %d contents", prompts.size(), outcomes.size(), contents.size())
        .isEmpty();
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
