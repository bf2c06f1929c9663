package dev.penstock.generatorstream.streams;

import dev.penstock.generatorstream.prompt.LeftOutValue;
import dev.penstock.generatorstream.prompt.RecordBounds;
import dev.penstock.generatorstream.prompt.SourceRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Of records with more headers than any that may be taken in, only as many headers as show that they are too many: what
/// is read waits on the heap, and thousands of headers are thousands of objects.
final class BoundedHeaders {

  private BoundedHeaders() {}

  static ConsumerRecords<byte[], byte[]> of(ConsumerRecords<byte[], byte[]> records) {
    boolean areFew = true;
    for (ConsumerRecord<byte[], byte[]> record : records) areFew &= enough(record) == null;
    if (areFew) return records;
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> bounded = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) all.add(of(record));
      bounded.put(partition, all);
    }
    return new ConsumerRecords<>(bounded, records.nextOffsets());
  }

  private static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record) {
    RecordHeaders headers = enough(record);
    if (headers == null) return record;
    return new ConsumerRecord<>(
        record.topic(), record.partition(), record.offset(), record.timestamp(), record.timestampType(),
        record.serializedKeySize(), record.serializedValueSize(), record.key(), record.value(), headers,
        record.leaderEpoch());
  }

  /// The first headers, up to the one with which they are too many; null if they are not.
  private static @Nullable RecordHeaders enough(ConsumerRecord<byte[], byte[]> record) {
    int count = 0;
    int bytes = 0;
    for (Header header : record.headers()) {
      count++;
      bytes += SourceRecord.size(header);
      if (count > RecordBounds.MOST_HEADERS || bytes > RecordBounds.MOST_HEADER_BYTES) return first(record, count);
    }
    return null;
  }

  private static RecordHeaders first(ConsumerRecord<byte[], byte[]> record, int count) {
    RecordHeaders headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (count-- == 0) break;
      headers.add(header.key(), cut(header.value()));
    }
    if (record.value() == null && LeftOutValue.bytes(record.headers()) > 0)
      LeftOutValue.note(headers, LeftOutValue.bytes(record.headers()));
    return headers;
  }

  private static byte @Nullable [] cut(byte @Nullable [] value) {
    if (value == null || value.length <= RecordBounds.MOST_HEADER_BYTES) return value;
    return Arrays.copyOf(value, RecordBounds.MOST_HEADER_BYTES + 1);
  }
}
