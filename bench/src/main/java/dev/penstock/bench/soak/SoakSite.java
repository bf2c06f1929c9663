package dev.penstock.bench.soak;

import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Folders;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A broker and a registry in this process, and the instance that is looked at in one of its own.
record SoakSite(OrderlyStop parts, KafkaClients clients, SchemaRegistry registry, GeneratorInstance instance)
    implements AutoCloseable {

  /// Returns when the instance works.
  static SoakSite start(Path folder) throws Exception {
    OrderlyStop parts = new OrderlyStop();
    try {
      EmbeddedKafka kafka =
          parts.add("broker", EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka"))));
      kafka.clients().createTopics(Topic.DEFAULT_PARTITIONS, (short) 1);
      EmbeddedRegistry registry = parts.add("registry", EmbeddedRegistry.start(kafka.clients(), Port.free()));
      Map<String, String> settings =
          Map.of(
              "kafka.bootstrap.servers", (String) kafka.clients().common().get("bootstrap.servers"),
              "schema.registry.url", registry.url(),
              "models", "tiny-copywriter,fashion-cvae");
      GeneratorInstance instance =
          parts.add("instance", new GeneratorInstance("soaked", folder.resolve("instance"), settings, Map.of()));
      instance.start().awaitReady();
      return new SoakSite(parts, kafka.clients(), new HttpSchemaRegistry(registry.url()), instance);
    } catch (Exception e) {
      parts.stop();
      throw e;
    }
  }

  ProcessGauge gauge() {
    return new ProcessGauge(instance.process().pid());
  }

  static void remove(Path folder) throws IOException {
    Folders.remove(folder);
  }

  @Override
  public void close() {
    parts.stop();
  }
}
