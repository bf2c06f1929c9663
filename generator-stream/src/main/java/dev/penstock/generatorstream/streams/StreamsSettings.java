package dev.penstock.generatorstream.streams;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/// Kafka Streams' settings. The values were measured; what the operator sets under `kafka.` wins, except for what
/// the guarantees rest on.
public final class StreamsSettings {

  private StreamsSettings() {}

  /// @param instanceId a name that this instance keeps over restarts (static membership), or null; under the
  ///     streams protocol it only names the members
  /// @param stateDir one folder an instance
  public static Properties of(
      Map<String, Object> kafka,
      String applicationId,
      @Nullable String instanceId,
      Path stateDir,
      int threads,
      GroupProtocol protocol) {
    Properties p = measured();
    if (protocol == GroupProtocol.CLASSIC) {
      // A dead instance is replaced after its session; a restarted one with the same name at once.
      p.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
      // Who lives learns from the answer to its heartbeat that tasks are dealt anew, and all wait for the last one.
      p.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 500);
      if (instanceId != null) p.put("group.instance.id", instanceId);
    } else if (instanceId != null) {
      // So that the group's members can be told apart.
      p.put(StreamsConfig.CLIENT_ID_CONFIG, instanceId);
    }
    p.putAll(kafka);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol.setting());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    p.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return p;
  }

  private static Properties measured() {
    Properties p = new Properties();
    // A broker keeps a fetch that finds nothing for so long, 500 ms by default, and one more is not sent to it meanwhile:
    // each task that is added waits for the fetch of those before it.
    p.put(StreamsConfig.restoreConsumerPrefix("fetch.max.wait.ms"), 20);
    p.put(StreamsConfig.consumerPrefix("fetch.max.wait.ms"), 100);
    p.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 4_000);
    // Nothing is read before it is committed, and a commit sends at once what waits: batches may grow until then.
    p.put(StreamsConfig.producerPrefix("linger.ms"), 25);
    p.put(StreamsConfig.producerPrefix("batch.size"), 64 << 10);
    p.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    p.put(StreamsConfig.producerPrefix("max.request.size"), 4 << 20);
    // Results wait for the next pass of the stream thread: it must not sleep long in poll.
    p.put(StreamsConfig.POLL_MS_CONFIG, 5);
    // The operators ask for a commit when something leaves. Between that the offsets of what was taken in may wait:
    // a commit of its own for them would stand in the way of the result that comes next.
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStoreMemory.class);
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    // Prompts and cancellations are not ordered among each other: no task waits for the other topic to be read.
    p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    return p;
  }
}
