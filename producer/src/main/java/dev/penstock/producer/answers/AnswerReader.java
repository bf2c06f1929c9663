package dev.penstock.producer.answers;

import dev.penstock.producer.SentPrompt;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Waits for the answer to one prompt after the other. One thread at a time may use it.
public final class AnswerReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  /// How far the clocks of producers and brokers may be apart.
  private static final Duration CLOCK_SLACK = Duration.ofHours(1);

  private final TopicReader<PromptOutcome> outcomes;
  private final TopicReader<ContentGenerated> contents;
  private final Consumer<UnreadableRecordException> unreadable;

  /// @param unreadable is told of records that are not ours; they answer no prompt and are passed over
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached in 10 s or lacks the topics
  public AnswerReader(
      KafkaClients clients,
      SchemaRegistry registry,
      ReadFrom from,
      Consumer<UnreadableRecordException> unreadable) {
    this.unreadable = unreadable;
    this.outcomes = TopicReader.ofOutcomes(clients, registry, from);
    try {
      this.contents = TopicReader.ofContent(clients, registry, from);
    } catch (RuntimeException e) {
      outcomes.close();
      throw e;
    }
  }

  /// Where the answer to a prompt lies at the earliest: a UUIDv7 says when it was made, other ids do not.
  public static ReadFrom since(String promptId) {
    try {
      UUID id = UUID.fromString(promptId);
      if (id.version() == 7)
        return new ReadFrom.Since(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).minus(CLOCK_SLACK));
    } catch (IllegalArgumentException e) {
      // Not a UUID: any text may be a prompt id.
      return new ReadFrom.Beginning();
    }
    return new ReadFrom.Beginning();
  }

  /// The answer to exactly this prompt record, also if it is a duplicate of an earlier one.
  ///
  /// @return empty if it has not ended when `timeout` has passed
  public Optional<Answer> await(SentPrompt sent, Duration timeout) {
    return await(sent.promptId(), outcome -> answers(sent, outcome), timeout);
  }

  private static boolean answers(SentPrompt sent, PromptOutcome outcome) {
    var source = outcome.getSource();
    return source.getTopic().equals(sent.topic())
        && source.getPartition() == sent.partition()
        && source.getOffset() == sent.offset();
  }

  /// The newest answer to the prompt with this id, passing over records that only repeated the id.
  ///
  /// @return empty if there is none when `timeout` has passed and all that was written before has been read
  public Optional<Answer> await(String promptId, Duration timeout) {
    return await(promptId, outcome -> outcome.getOutcome() != Outcome.DUPLICATE_OF, timeout);
  }

  private Optional<Answer> await(String promptId, Predicate<PromptOutcome> wanted, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    Map<String, ContentGenerated> found = new HashMap<>();
    PromptOutcome outcome = null;
    do {
      PromptOutcome newest = newestOutcome(promptId, wanted);
      if (newest != null) outcome = newest;
      collectContent(promptId, found);
      if (outcome != null && isComplete(outcome, found)) return Optional.of(answer(outcome, found));
    } while (System.nanoTime() - end < 0 || !outcomes.isAtEnd());
    return Optional.ofNullable(outcome).map(late -> answer(late, found));
  }

  private @Nullable PromptOutcome newestOutcome(String promptId, Predicate<PromptOutcome> wanted) {
    PromptOutcome newest = null;
    for (Received<PromptOutcome> received : poll(outcomes::poll))
      if (promptId.equals(received.value().getPromptId()) && wanted.test(received.value())) newest = received.value();
    return newest;
  }

  private void collectContent(String promptId, Map<String, ContentGenerated> found) {
    for (Received<ContentGenerated> received : poll(contents::poll))
      if (promptId.equals(received.value().getPromptId()))
        found.put(received.value().getContentId(), received.value());
  }

  private <T> List<Received<T>> poll(java.util.function.Function<Duration, List<Received<T>>> reader) {
    try {
      return reader.apply(POLL);
    } catch (UnreadableRecordException e) {
      unreadable.accept(e);
      return List.of();
    }
  }

  /// Content is committed with its outcome or before it; a later outcome may replace the one that was read.
  private boolean isComplete(PromptOutcome outcome, Map<String, ContentGenerated> found) {
    boolean hasAll = found.keySet().containsAll(outcome.getContentIds());
    return outcomes.isAtEnd() && (hasAll || contents.isAtEnd());
  }

  private static Answer answer(PromptOutcome outcome, Map<String, ContentGenerated> found) {
    Stream<ContentGenerated> named = outcome.getContentIds().stream().map(found::get).filter(Objects::nonNull);
    return new Answer(outcome, named.sorted(java.util.Comparator.comparing(ContentGenerated::getVariant)).toList());
  }

  @Override
  public void close() {
    outcomes.close();
    contents.close();
  }
}
