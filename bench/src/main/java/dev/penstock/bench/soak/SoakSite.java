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

  /// As large as an instance's heap may become.
  static final int HEAP_MEGABYTES = 768;

  /// The heap has its pages from the start, so that what grows is not the heap on its way to its bound.
  private static final Map<String, String> WHOLE_HEAP =
      Map.of("JAVA_TOOL_OPTIONS", "-Xms%dm -XX:+AlwaysPreTouch".formatted(HEAP_MEGABYTES));

  /// So few that they are full after the warm-up: until then the known ids are meant to grow.
  private static final String IDS = "2000";

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
              "models", "tiny-copywriter,fashion-cvae",
              "duplicates.max.ids", IDS);
      GeneratorInstance instance =
          parts.add("instance", new GeneratorInstance("soaked", folder.resolve("instance"), settings, WHOLE_HEAP));
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
