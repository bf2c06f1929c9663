package dev.penstock.producer.campaign;

import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends the prompts of a campaign at a steady pace and counts their outcomes. One thread uses it.
public final class CampaignRun implements AutoCloseable {

  private final PromptSender sender;
  private final @Nullable AnswerTally answers;
  private final double perSecond;
  private final AtomicReference<@Nullable RuntimeException> notAcknowledged = new AtomicReference<>();
  private long sent;
  private long startNanos;

  /// @param sender stays the caller's
  /// @param outcomes stands where nothing of this campaign has been answered yet, belongs to this run from now on; null
  ///     if nobody waits for answers
  /// @param perSecond how many prompts to send a second; infinity sends as fast as they are acknowledged
  public CampaignRun(PromptSender sender, @Nullable TopicReader<PromptOutcome> outcomes, double perSecond) {
    if (!(perSecond > 0)) throw new IllegalArgumentException("the rate is " + perSecond + ", allowed is more than 0");
    this.sender = sender;
    this.answers = outcomes == null ? null : new AnswerTally(outcomes);
    this.perSecond = perSecond;
  }

  /// Sends the prompt of one row, when its time has come.
  ///
  /// @throws org.apache.kafka.common.KafkaException if an earlier prompt was not acknowledged, or this one cannot be
  ///     sent
  public void send(CampaignRow.Good row) {
    throwIfNotAcknowledged();
    awaitTurn();
    PromptRequested prompt = row.prompt();
    if (answers != null) answers.expect(prompt.getPromptId(), row.line());
    sender
        .send(prompt)
        .whenComplete(
            (acknowledged, failure) -> {
              if (failure instanceof RuntimeException e) notAcknowledged.compareAndSet(null, e);
            });
    sent++;
  }

  private void awaitTurn() {
    if (startNanos == 0) startNanos = System.nanoTime();
    if (Double.isInfinite(perSecond)) return;
    long turn = startNanos + (long) (sent * 1e9 / perSecond);
    for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) LockSupport.parkNanos(left);
  }

  /// Waits until every prompt is acknowledged.
  ///
  /// @throws org.apache.kafka.common.KafkaException if one was not
  public void flush() {
    sender.flush();
    throwIfNotAcknowledged();
  }

  private void throwIfNotAcknowledged() {
    RuntimeException failure = notAcknowledged.get();
    if (failure != null) throw failure;
  }

  /// How many prompts have no answer yet; 0 if nobody waits.
  ///
  /// @throws org.apache.kafka.common.KafkaException if outcomes can no longer be read
  public int unanswered() {
    return answers == null ? 0 : answers.unanswered();
  }

  public CampaignProgress progress() {
    return answers == null ? new CampaignProgress(sent, 0, 0) : answers.progress(sent);
  }

  /// The first thousand prompts that did not complete.
  public List<CampaignFailure> failures() {
    return answers == null ? List.of() : answers.failures();
  }

  /// Stops counting; what was sent stays sent.
  @Override
  public void close() {
    if (answers != null) answers.close();
  }
}
