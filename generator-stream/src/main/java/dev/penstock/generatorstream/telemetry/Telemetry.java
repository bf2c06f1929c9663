package dev.penstock.generatorstream.telemetry;

import dev.penstock.generators.GenerationResult;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.schemas.Outcome;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the parts of the stream tell of their work. Each method says which thread calls it; none blocks.
public final class Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private static final long QUIET_NANOS = 10_000_000_000L;

  private final AtomicLong replacedNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private final GeneratorMetrics metrics;
  private final Tracing tracing;

  public Telemetry(GeneratorMetrics metrics, Tracing tracing) {
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /// Counts for nobody and traces nothing.
  public static Telemetry unobserved() {
    return new Telemetry(new GeneratorMetrics(), Tracing.none());
  }

  public GeneratorMetrics metrics() {
    return metrics;
  }

  /// A prompt's outcome is forwarded. Stream threads.
  public void ended(Outcome outcome, @Nullable String reason) {
    metrics.ended(outcome, reason);
  }

  /// A variant's content is ready to be forwarded. Plan threads.
  public void generated(AdmittedPrompt prompt, int variant, GenerationResult result, long nowMillis) {
    metrics.generated(prompt, result, nowMillis);
    tracing.generated(prompt, variant, result, nowMillis);
  }

  /// A variant's content is forwarded. Stream threads.
  ///
  /// @param headers of the content record; get the trace context of the span that made it
  public void forwarded(String contentId, Headers headers) {
    tracing.forwarded(contentId, headers);
  }

  /// What this stream thread forwarded since the last call is committed.
  public void committed() {
    metrics.committed();
    tracing.committed();
  }

  /// What this stream thread forwarded since the last commit is void.
  public void aborted() {
    tracing.aborted();
  }

  /// The group refused a commit of this stream thread: others have its tasks.
  public void fenced(RuntimeException cause) {
    metrics.fenced();
    tracing.aborted();
    replaced(cause.getClass().getSimpleName());
  }

  /// The group gave this stream thread's partitions to others.
  public void lost(int partitions) {
    if (partitions > 0) replaced("partitions lost");
  }

  /// One line, though a replaced instance finds out in more than one place.
  private void replaced(String how) {
    long now = System.nanoTime();
    long last = replacedNanos.get();
    if (now - last < QUIET_NANOS || !replacedNanos.compareAndSet(last, now)) return;
    LOG.atWarn()
        .addKeyValue("known", how)
        .log("this instance was replaced while it was away; what it had not committed is left to those who have its tasks, and it joins again");
  }
}
