package dev.penstock.producer.deadletters;

import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.answers.UnreadableRecordException;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.util.function.Consumer;

/// Reads the topic of dead letters, one after another, since each may be as large as a record can be.
///
/// @param unreadable told of each record on the topic that is no dead letter
public record DeadLetters(
    KafkaClients clients, SchemaRegistry registry, Consumer<UnreadableRecordException> unreadable) {

  /// Those that match and are committed by now, of each partition in order.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached or lacks the topic
  public void forEach(DeadLetterFilter filter, Consumer<Received<DeadLetter>> each) {
    ReadFrom from = filter.since() == null ? new ReadFrom.Beginning() : new ReadFrom.Since(filter.since());
    try (var reader = TopicReader.ofDeadLetters(clients, registry, from)) {
      reader.readToEnd(
          received -> {
            if (filter.matches(received.value())) each.accept(received);
          },
          unreadable);
    }
  }
}
