package dev.penstock.generatorstream.prompt;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A prompt record as it came: bytes and position. The arrays are shared, nobody changes them.
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {

  public static SourceRecord of(Record<byte[], byte[]> record, RecordMetadata position) {
    return new SourceRecord(
        position.topic(),
        position.partition(),
        position.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  /// Bytes of key and value, one that was left out as well.
  public long size() {
    return (key == null ? 0L : key.length) + (value == null ? LeftOutValue.bytes(headers) : value.length);
  }

  /// Where it lay and when, without what it was.
  public SourceRecord emptied() {
    return new SourceRecord(topic, partition, offset, timestampMillis, null, null, new RecordHeaders());
  }

  /// Bytes of a header, about.
  public static int size(Header header) {
    return header.key().length() + (header.value() == null ? 0 : header.value().length);
  }

  /// `topic-partition@offset`, for messages.
  public String position() {
    return topic + "-" + partition + "@" + offset;
  }
}
