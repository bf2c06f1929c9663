package dev.penstock.sink.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.store.ObjectStore;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/// One sink of a [SinkRig], on a thread of its own.
final class RunningSink implements AutoCloseable {

  final Counts counts = new Counts();

  private final LogConsumer consumer;
  private final SinkPipeline pipeline;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  RunningSink(SinkRig rig, Collection<TopicPartition> partitions, ObjectStore objects) {
    this.consumer = new LogConsumer(rig);
    this.pipeline = rig.pipeline(consumer, objects, counts);
    assign(partitions);
    Thread.ofPlatform().name("sink-under-test").daemon().start(this::run);
  }

  private void run() {
    try {
      pipeline.run();
      ended.complete(null);
    } catch (Throwable e) {
      ended.completeExceptionally(e);
    }
  }

  /// A rebalance: from the next poll on the sink has these partitions.
  void assign(Collection<TopicPartition> partitions) {
    consumer.assignAtNextPoll(partitions);
  }

  /// Completes when the sink ended, exceptionally if by itself.
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void close() {
    pipeline.stop();
    ended.exceptionally(e -> null).join();
    assertThat(counts.of(Count.RECORDS_READ))
        .as("every record is added, replaced, a duplicate, or parked")
        .isEqualTo(
            counts.of(Count.ROWS_ADDED)
                + counts.of(Count.ROWS_REPLACED)
                + counts.of(Count.DUPLICATES)
                + counts.of(Count.PARKED));
  }
}
