package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/// The lag of each partition of the prompts topic is taken once from what Kafka's clients tell, and nothing else is.
class InputLagTest {

  private final Map<MetricName, Told> metrics = new LinkedHashMap<>();

  private record Told(MetricName metricName, Object metricValue) implements Metric {}

  private void tell(String name, String topic, String partition, double value) {
    Map<String, String> tags = Map.of("client-id", "c", "topic", topic, "partition", partition);
    MetricName metric = new MetricName(name, "consumer-fetch-manager-metrics", "", tags);
    metrics.put(metric, new Told(metric, value));
  }

  @Test
  void aTopicThatIsToldUnderTwoNamesCountsOnce() {
    tell("records-lag", "penstock.prompts.v1", "3", 12);
    tell("records-lag", "penstock_prompts_v1", "3", 12);
    tell("records-lag", "penstock.prompts.v1", "4", 0);
    assertThat(InputLag.of(metrics)).isEqualTo(Map.of(3, 12L, 4, 0L));
  }

  @Test
  void otherTopicsOtherMetricsAndWhatIsNotKnownYetAreLeftOut() {
    tell("records-lag", "penstock-generator-stream-inbox-changelog", "3", 12);
    tell("records-lead", "penstock.prompts.v1", "3", 12);
    tell("records-lag", "penstock.prompts.v1", "5", Double.NaN);
    assertThat(InputLag.of(metrics)).isEmpty();
  }
}
