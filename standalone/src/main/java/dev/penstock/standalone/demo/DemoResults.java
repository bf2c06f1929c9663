package dev.penstock.standalone.demo;

import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// What the topics hold after a run.
record DemoResults(List<PromptOutcome> outcomes, List<ContentGenerated> contents) {

  private static final Duration POLL = Duration.ofMillis(50);

  DemoResults {
    outcomes = List.copyOf(outcomes);
    contents = List.copyOf(contents);
  }

  static DemoResults read(KafkaClients clients, SchemaRegistry registry) {
    try (TopicReader<PromptOutcome> outcomes = TopicReader.ofOutcomes(clients, registry, new ReadFrom.Beginning());
        TopicReader<ContentGenerated> contents = TopicReader.ofContent(clients, registry, new ReadFrom.Beginning())) {
      return new DemoResults(
          all(outcomes::poll, outcomes::isAtEnd), all(contents::poll, contents::isAtEnd));
    }
  }

  private static <T> List<T> all(Function<Duration, List<Received<T>>> poll, BooleanSupplier isAtEnd) {
    List<T> values = new ArrayList<>();
    do poll.apply(POLL).forEach(received -> values.add(received.value()));
    while (!isAtEnd.getAsBoolean());
    return values;
  }

  Optional<PromptOutcome> outcome(String promptId) {
    return outcomes.stream().filter(outcome -> Objects.equals(outcome.getPromptId(), promptId)).findFirst();
  }

  List<ContentGenerated> contents(String promptId) {
    return contents.stream().filter(content -> content.getPromptId().equals(promptId)).toList();
  }
}
