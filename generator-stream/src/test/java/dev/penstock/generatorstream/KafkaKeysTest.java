package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/// Every setting of Kafka Streams may be given under `kafka.`: none is taken for a slip of another.
class KafkaKeysTest {

  @Test
  void everySettingOfKafkaStreamsIsPassedOn() {
    Map<String, String> given = new HashMap<>();
    for (String name : StreamsConfig.configDef().names()) {
      given.put("kafka." + name, "value");
      given.put("kafka.main.consumer." + name, "value");
    }

    Settings settings = Settings.load(GeneratorStreamConfig.keys(), null, Map.of(), given);

    assertThat(settings.kafka()).hasSameSizeAs(given);
  }
}
