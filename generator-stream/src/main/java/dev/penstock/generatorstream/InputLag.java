package dev.penstock.generatorstream;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// How far the consumers of this instance are behind, as they last heard from the broker.
final class InputLag {

  private static final String LAG = "records-lag";
  private static final String OF_PARTITIONS = "consumer-fetch-manager-metrics";
  private static final String PROMPTS = "penstock.prompts.";

  private InputLag() {}

  /// @param metrics of Kafka Streams, those of its clients among them
  /// @return records that are not read yet, by partition of the prompts topic
  static Map<Integer, Long> of(Map<MetricName, ? extends Metric> metrics) {
    Map<Integer, Long> lag = new TreeMap<>();
    metrics.forEach(
        (name, metric) -> {
          if (!isLagOfPrompts(name)) return;
          // Clients tell a topic with dots twice: with its name, and with underscores instead (KIP-1109).
          if (metric.metricValue() instanceof Double records && !records.isNaN())
            lag.merge(Integer.valueOf(name.tags().get("partition")), records.longValue(), Math::max);
        });
    return lag;
  }

  private static boolean isLagOfPrompts(MetricName name) {
    String topic = name.tags().getOrDefault("topic", "").replace('_', '.');
    return name.name().equals(LAG)
        && name.group().equals(OF_PARTITIONS)
        && topic.startsWith(PROMPTS)
        && name.tags().getOrDefault("partition", "").matches("\\d+");
  }
}
