package dev.penstock.bench.pipeline;

import dev.penstock.bench.pipeline.Recoding.Leaving;
import dev.penstock.generatorstream.streams.CommitPace;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// The yardstick: decodes each prompt, encodes what leaves and forwards it, on the stream thread. No checks, no store,
/// no engine.
final class PlainTopology {

  private PlainTopology() {}

  /// @param recoding from the value of a prompt to what leaves, the first to `to`, the second to `to`-2
  /// @param pace when to ask for a commit; null for after every record
  static Topology of(
      String from, String to, Function<byte[], List<Leaving>> recoding, @Nullable ThreadLocal<CommitPace> pace) {
    return new Topology()
        .addSource("from", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from)
        .addProcessor("recode", () -> new Recode(recoding, pace), "from")
        .addSink("to-1", to, new ByteArraySerializer(), new ByteArraySerializer(), "recode")
        .addSink("to-2", to + "-2", new ByteArraySerializer(), new ByteArraySerializer(), "recode");
  }

  private static final class Recode extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Function<byte[], List<Leaving>> recoding;
    private final @Nullable ThreadLocal<CommitPace> pace;

    Recode(Function<byte[], List<Leaving>> recoding, @Nullable ThreadLocal<CommitPace> pace) {
      this.recoding = recoding;
      this.pace = pace;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      int number = 1;
      for (Leaving leaving : recoding.apply(record.value()))
        context().forward(record.withValue(leaving.value()).withHeaders(leaving.headers()), "to-" + number++);
      if (isCommitDue()) context().commit();
    }

    private boolean isCommitDue() {
      if (pace == null) return true;
      pace.get().somethingForwarded();
      return pace.get().mayCommit(false);
    }
  }
}
