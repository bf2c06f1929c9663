package dev.penstock.generatorstream.admit;

import dev.penstock.generatorstream.admit.Refusal.Refused;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Routed;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.streams.CommitPace;
import dev.penstock.schemas.Outcome;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/// The first operator: lets a prompt through to the inbox, or answers it at once.
public final class AdmitProcessor extends ContextualProcessor<byte[], byte[], byte[], Routed> {

  private final Admission admission;
  private final Routing routing;
  private final ThreadLocal<CommitPace> threadsPace;

  public AdmitProcessor(Admission admission, Routing routing, ThreadLocal<CommitPace> threadsPace) {
    this.admission = admission;
    this.routing = routing;
    this.threadsPace = threadsPace;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord source = SourceRecord.of(record, context().recordMetadata().orElseThrow());
    try {
      var prompt = admission.admit(source, context().currentSystemTimeMs());
      context().forward(record.withValue(prompt), Operators.INBOX);
    } catch (Refused e) {
      refuse(source, e.refusal());
    }
  }

  private void refuse(SourceRecord source, Refusal refusal) {
    long now = context().currentSystemTimeMs();
    if (refusal.outcome() == Outcome.DEAD_LETTERED)
      context()
          .forward(
              routing.deadLetter(
                  source, refusal.request(), refusal.reason(), refusal.sentence(), refusal.cause(), now),
              Operators.DEAD_LETTERS);
    context()
        .forward(
            routing.refused(source, refusal.request(), refusal.outcome(), refusal.reason(), refusal.sentence(), now),
            Operators.OUTCOMES);
    CommitPace pace = threadsPace.get();
    pace.somethingForwarded();
    if (pace.mayCommit(false)) context().commit();
  }
}
