package dev.penstock.generatorstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generatorstream.prompt.LeftOutValue;
import dev.penstock.generatorstream.prompt.RecordBounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// Of headers that are too many only so many are kept that it can be seen; everything else of a record stays.
class BoundedHeadersTest {

  private static final TopicPartition PARTITION = new TopicPartition("prompts", 3);

  private final RecordHeaders headers = new RecordHeaders();

  private ConsumerRecord<byte[], byte[]> read(byte[] value) {
    var record =
        new ConsumerRecord<>(
            "prompts", 3, 17, 5, TimestampType.CREATE_TIME, 1, 2, new byte[] {7}, value, headers, Optional.of(4));
    return BoundedHeaders.of(new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of())).iterator().next();
  }

  @Test
  void asManyAsMayEnterStay() {
    for (int i = 0; i < RecordBounds.MOST_HEADERS; i++) headers.add("h" + i, new byte[100]);

    assertThat(read(new byte[2]).headers()).isSameAs(headers);
  }

  @Test
  void thousandsBecomeAsManyAsAreTooMany() {
    for (int i = 0; i < 5_000; i++) headers.add("h" + i, new byte[1]);

    ConsumerRecord<byte[], byte[]> read = read(new byte[2]);
    assertThat(read.headers()).hasSize(RecordBounds.MOST_HEADERS + 1);
    assertThat(List.of(read.offset(), read.timestamp(), read.leaderEpoch().orElseThrow())).containsExactly(17L, 5L, 4);
    assertThat(read.key()).containsExactly(7);
    assertThat(read.value()).hasSize(2);
  }

  @Test
  void aLongOneIsCutWhereItIsTooLong() {
    headers.add("traceparent", new byte[700_000]);

    assertThat(read(new byte[2]).headers().lastHeader("traceparent").value())
        .hasSize(RecordBounds.MOST_HEADER_BYTES + 1);
  }

  @Test
  void theSizeOfAValueThatWasLeftOutStays() {
    for (int i = 0; i < 5_000; i++) headers.add("h" + i, new byte[1]);
    LeftOutValue.note(headers, 5_000_000);

    assertThat(LeftOutValue.bytes(read(null).headers())).isEqualTo(5_000_000);
  }
}
