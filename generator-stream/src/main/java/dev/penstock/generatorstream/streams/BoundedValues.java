package dev.penstock.generatorstream.streams;

import dev.penstock.generatorstream.prompt.LeftOutValue;
import dev.penstock.generatorstream.prompt.RecordBounds;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Record values as they came, but for those that are too large to be taken in: a [LeftOutValue] stands for each.
final class BoundedValues extends ByteArrayDeserializer {

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer value) {
    if (value == null || value.remaining() <= RecordBounds.MOST_BYTES)
      return super.deserialize(topic, headers, value);
    LeftOutValue.note(headers, value.remaining());
    return null;
  }
}
