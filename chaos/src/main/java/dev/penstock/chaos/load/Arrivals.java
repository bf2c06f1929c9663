package dev.penstock.chaos.load;

import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every prompt that was sent, and when its content could first be read. The content is read by a thread of its own.
public final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Map<String, Journey> journeys = new ConcurrentHashMap<>();
  private final TopicReader<ContentGenerated> reader;
  private final Thread thread;
  private volatile boolean isStopping;

  /// Sees what is written from now on.
  public Arrivals(KafkaClients clients, SchemaRegistry registry) {
    reader = TopicReader.ofContent(clients, registry, new ReadFrom.End());
    thread = Thread.ofPlatform().name("arrivals").daemon().start(this::read);
  }

  private void read() {
    try (reader) {
      while (!isStopping)
        for (Received<ContentGenerated> received : reader.poll(POLL)) {
          Instant now = Instant.now();
          journeys.computeIfPresent(
              received.value().getPromptId(),
              (id, journey) ->
                  journey.arrived() == null ? new Journey(journey.partition(), journey.sent(), now) : journey);
        }
    }
  }

  void sent(String promptId, int partition, Instant at) {
    journeys.put(promptId, new Journey(partition, at, null));
  }

  /// It was never taken, so nothing can arrive.
  void notSent(String promptId) {
    journeys.remove(promptId);
  }

  public List<Journey> journeys() {
    return List.copyOf(journeys.values());
  }

  public long underWay() {
    return journeys.values().stream().filter(journey -> journey.arrived() == null).count();
  }

  @Override
  public void close() {
    isStopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
