package dev.penstock.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// The headers of a prompt or cancellation record: CloudEvents 1.0, Kafka protocol binding, binary content mode; and the trace.
final class PromptHeaders {

  static final String TYPE = "dev.penstock.prompt.requested.v1";
  static final String CANCELLATION = "dev.penstock.cancellation.requested.v1";
  static final String SOURCE = "/penstock/producer";

  private PromptHeaders() {}

  static Headers of(String promptId, Instant time, Traceparent trace) {
    return of(TYPE, promptId, time, trace);
  }

  /// @param type of the event
  /// @param id of the event
  static Headers of(String type, String id, Instant time, Traceparent trace) {
    return new RecordHeaders()
        .add("ce_specversion", "1.0".getBytes(UTF_8))
        .add("ce_id", id.getBytes(UTF_8))
        .add("ce_source", SOURCE.getBytes(UTF_8))
        .add("ce_type", type.getBytes(UTF_8))
        .add("ce_time", time.toString().getBytes(UTF_8))
        .add("content-type", "application/avro".getBytes(UTF_8))
        .add("traceparent", trace.header().getBytes(UTF_8));
  }
}
