package dev.penstock.producer.campaign;

import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.answers.UnreadableRecordException;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the outcomes of prompts that are expected, on a thread of its own. Any thread may call any method.
final class AnswerTally implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_FAILURES_KEPT = 1000;

  private final TopicReader<PromptOutcome> outcomes;
  private final Thread reading;
  private volatile boolean isClosed;
  private final Map<String, Long> lineOfUnanswered = new HashMap<>();
  private final List<CampaignFailure> failures = new ArrayList<>();
  private long answered;
  private long failed;
  private @Nullable RuntimeException broken;

  /// @param outcomes belongs to the tally from now on
  AnswerTally(TopicReader<PromptOutcome> outcomes) {
    this.outcomes = outcomes;
    this.reading = Thread.ofPlatform().name("campaign-outcomes").start(this::read);
  }

  synchronized void expect(String promptId, long line) {
    lineOfUnanswered.put(promptId, line);
  }

  /// @throws org.apache.kafka.common.KafkaException if outcomes can no longer be read
  synchronized int unanswered() {
    if (broken != null) throw broken;
    return lineOfUnanswered.size();
  }

  synchronized CampaignProgress progress(long sent) {
    return new CampaignProgress(sent, answered, failed);
  }

  /// The first thousand prompts that did not complete.
  synchronized List<CampaignFailure> failures() {
    return List.copyOf(failures);
  }

  private void read() {
    try (outcomes) {
      while (!isClosed) for (Received<PromptOutcome> received : poll()) count(received.value());
    } catch (RuntimeException e) {
      synchronized (this) {
        broken = e;
      }
    }
  }

  /// A stranger's record answers no prompt; the reader stands behind it.
  private List<Received<PromptOutcome>> poll() {
    try {
      return outcomes.poll(POLL);
    } catch (UnreadableRecordException e) {
      return List.of();
    }
  }

  private synchronized void count(PromptOutcome outcome) {
    Long line = outcome.getPromptId() == null ? null : lineOfUnanswered.remove(outcome.getPromptId());
    if (line == null) return;
    answered++;
    if (outcome.getOutcome() == Outcome.COMPLETED) return;
    if (outcome.getOutcome() != Outcome.PARTIAL) failed++;
    if (failures.size() < MOST_FAILURES_KEPT) failures.add(new CampaignFailure(line, outcome));
  }

  /// Stops reading.
  @Override
  public void close() {
    isClosed = true;
    try {
      reading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
