package dev.penstock.sink.arrival;

import dev.penstock.schemas.ContentGenerated;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Content, decoded and checked.
public record ContentArrival(ConsumerRecord<byte[], byte[]> record, UUID contentId, ContentGenerated content)
    implements Arrival {

  /// The same arrival with its bodies where they are kept.
  public ContentArrival with(ContentGenerated kept) {
    return new ContentArrival(record, contentId, kept);
  }
}
