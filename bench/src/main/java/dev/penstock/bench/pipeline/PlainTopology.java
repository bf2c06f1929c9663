package dev.penstock.bench.pipeline;

import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/// The yardstick: decodes each prompt, encodes it again and forwards it. No store, no engine.
final class PlainTopology {

  private PlainTopology() {}

  /// @param commitEveryNanos asks for a commit when the last one is longer ago; 0 after every record
  static Topology of(SchemaRegistry registry, String from, String to, long commitEveryNanos) {
    return new Topology()
        .addSource("from", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from)
        .addProcessor("recode", () -> new Recode(registry, commitEveryNanos), "from")
        .addSink("to", to, new ByteArraySerializer(), new ByteArraySerializer(), "recode");
  }

  private static final class Recode extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final AvroDeserializer<PromptRequested> deserializer;
    private final AvroSerializer<PromptRequested> serializer;
    private final long commitEveryNanos;
    private long lastCommit = System.nanoTime();

    Recode(SchemaRegistry registry, long commitEveryNanos) {
      this.deserializer = new AvroDeserializer<>(registry, Topic.PROMPTS);
      this.serializer = new AvroSerializer<>(registry, Topic.PROMPTS);
      this.commitEveryNanos = commitEveryNanos;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      context().forward(record.withValue(serializer.serialize(deserializer.deserialize(record.value()))));
      if (System.nanoTime() - lastCommit < commitEveryNanos) return;
      lastCommit = System.nanoTime();
      context().commit();
    }
  }
}
