package dev.penstock.standalone.status;

import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.cli.Cluster;
import dev.penstock.schemas.PromptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// Outcomes a second over the last seconds, counted on the topic. One thread.
final class OutcomeRate implements AutoCloseable {

  static final Duration SPAN = Duration.ofSeconds(10);

  private record Ended(Instant at, String kind) {}

  private final TopicReader<PromptOutcome> reader;
  private final Deque<Ended> recent = new ArrayDeque<>();

  OutcomeRate(Cluster cluster) {
    reader =
        TopicReader.ofOutcomes(
            cluster.clients(), cluster.registry(), new ReadFrom.Since(Instant.now().minus(SPAN)));
  }

  Map<String, Double> perSecond(Instant now) {
    reader.readToEnd(
        received -> recent.add(new Ended(received.timestamp(), received.value().getOutcome().name())), e -> {});
    recent.removeIf(ended -> ended.at().isBefore(now.minus(SPAN)));
    Map<String, Double> rates = new TreeMap<>();
    for (Ended ended : recent) rates.merge(ended.kind(), 1e3 / SPAN.toMillis(), Double::sum);
    return rates;
  }

  @Override
  public void close() {
    reader.close();
  }
}
