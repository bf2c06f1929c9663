package dev.penstock.generatorstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generatorstream.prompt.LeftOutValue;
import dev.penstock.generatorstream.prompt.RecordBounds;
import dev.penstock.generatorstream.prompt.SourceRecord;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// A value that is too large for any record that may enter is not kept on the heap, and its size is known all the same.
class BoundedValuesTest {

  private final BoundedValues values = new BoundedValues();
  private final Headers headers = new RecordHeaders();

  @Test
  void whatMayEnterComesAsItIs() {
    byte[] largest = new byte[RecordBounds.MOST_BYTES];
    largest[7] = 9;

    assertThat(values.deserialize("prompts", headers, ByteBuffer.wrap(largest))).isEqualTo(largest);
    assertThat(values.deserialize("prompts", headers, (ByteBuffer) null)).isNull();
    assertThat(headers).isEmpty();
  }

  @Test
  void ofWhatIsTooLargeOnlyTheSizeIsKept() {
    byte[] value = values.deserialize("prompts", headers, ByteBuffer.allocate(5_000_000));

    assertThat(value).isNull();
    assertThat(new SourceRecord("prompts", 0, 0, 0, new byte[10], value, headers).size()).isEqualTo(5_000_010);
  }

  @Test
  void aStrangersHeaderIsNoSize() {
    headers.add("penstock-value-left-out", new byte[3]);

    assertThat(LeftOutValue.bytes(headers)).isGreaterThan(RecordBounds.MOST_BYTES);
  }
}
