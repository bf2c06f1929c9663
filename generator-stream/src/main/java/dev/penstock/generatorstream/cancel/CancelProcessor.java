package dev.penstock.generatorstream.cancel;

import dev.penstock.generatorstream.prompt.Cancellation;
import dev.penstock.generatorstream.prompt.RecordBounds;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Routed;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.streams.CommitPace;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Reads cancellations. One that nobody could meet, because its bytes cannot be read or it lies where its prompt
/// cannot, becomes a dead letter; it has no outcome, only prompts have.
public final class CancelProcessor extends ContextualProcessor<byte[], byte[], byte[], Routed> {

  private final AvroDeserializer<CancellationRequested> deserializer;
  private final int partitions;
  private final Routing routing;
  private final ThreadLocal<CommitPace> threadsPace;

  /// @param partitions of each topic of the catalogue
  public CancelProcessor(
      AvroDeserializer<CancellationRequested> deserializer,
      int partitions,
      Routing routing,
      ThreadLocal<CommitPace> threadsPace) {
    this.deserializer = deserializer;
    this.partitions = partitions;
    this.routing = routing;
    this.threadsPace = threadsPace;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord source = SourceRecord.of(record, context().recordMetadata().orElseThrow());
    String tooLarge = tooLarge(source);
    if (tooLarge != null) {
      // What leaves has to fit into its topic.
      deadLetter(source.emptied(), "RECORD_TOO_LARGE", tooLarge, null);
      return;
    }
    try {
      Cancellation cancellation = read(source);
      String misplaced = misplaced(source);
      if (misplaced == null) context().forward(record.withValue(cancellation), Operators.INBOX);
      else deadLetter(source, "WRONG_PARTITION", misplaced, null);
    } catch (FramingException e) {
      deadLetter(source, e.reason(), String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable String tooLarge(SourceRecord source) {
    long size = source.size();
    for (Header header : source.headers()) size += SourceRecord.size(header);
    if (size <= RecordBounds.MOST_BYTES) return null;
    return "key, value and headers have %,d bytes; allowed are at most %,d"
        .formatted(size, RecordBounds.MOST_BYTES);
  }

  private Cancellation read(SourceRecord source) {
    byte[] value = source.value();
    if (value == null)
      throw new FramingException("EMPTY_VALUE", "the record has no value; a cancellation is a framed Avro record");
    CancellationRequested request = deserializer.deserialize(value);
    return new Cancellation(request.getPromptId(), request.getTenant(), request.getReason());
  }

  private @Nullable String misplaced(SourceRecord source) {
    byte[] key = source.key();
    if (key == null) return "the cancellation has no key; it needs that of its prompt: the orderKey, else the promptId";
    int partition = PromptKey.partition(key, partitions);
    if (partition == source.partition()) return null;
    return "the cancellation is in partition %d, its key belongs to partition %d of %d; use murmur2 partitioning (librdkafka: partitioner=murmur2_random)"
        .formatted(source.partition(), partition, partitions);
  }

  private void deadLetter(SourceRecord source, String reason, String sentence, @Nullable Throwable cause) {
    long now = context().currentSystemTimeMs();
    context().forward(routing.deadLetter(source, null, reason, sentence, cause, now), Operators.DEAD_LETTERS);
    CommitPace pace = threadsPace.get();
    pace.somethingForwarded();
    if (pace.mayCommit(false)) context().commit();
  }
}
