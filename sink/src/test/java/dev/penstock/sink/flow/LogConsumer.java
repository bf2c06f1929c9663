package dev.penstock.sink.flow;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/// Kafka's [MockConsumer] over the log of a [SinkRig]: what it hands out depends on its position alone, as with a
/// real log, so that a seek back reads the same records again.
final class LogConsumer extends MockConsumer<byte[], byte[]> {

  private static final int RECORDS_A_POLL = 50;

  private final SinkRig rig;

  LogConsumer(SinkRig rig) {
    super("earliest");
    this.rig = rig;
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    for (int partition = 0; partition < SinkRig.PARTITIONS; partition++) {
      beginnings.put(SinkRig.content(partition), 0L);
      beginnings.put(SinkRig.outcomes(partition), 0L);
    }
    updateBeginningOffsets(beginnings);
  }

  /// Gives these partitions, and no others, at the next poll.
  void assignAtNextPoll(Collection<TopicPartition> partitions) {
    schedulePollTask(() -> rebalance(partitions));
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (offer() == 0) pause();
    return super.poll(timeout);
  }

  private synchronized int offer() {
    int offered = 0;
    for (TopicPartition partition : assignment()) {
      if (paused().contains(partition)) continue;
      List<ConsumerRecord<byte[], byte[]>> records = rig.records(partition);
      int end = (int) Math.min(records.size(), position(partition) + RECORDS_A_POLL);
      for (int offset = (int) position(partition); offset < end; offset++, offered++) addRecord(records.get(offset));
    }
    return offered;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
