package dev.penstock.systemtests.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.IncompatibleSchemaException;
import dev.penstock.schemas.framing.RegisteredSchema;
import dev.penstock.schemas.framing.RegistryRefusedException;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.move.RegistryMove;
import dev.penstock.standalone.registry.CompatibilityLevel;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import dev.penstock.systemtests.rig.Apicurio;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our serde works with Apicurio's Confluent API, and what was written with ids of our registry is read with theirs after
/// a move.
class ApicurioTest {

  private static final String LEVEL = "FULL_TRANSITIVE";

  @TempDir Path folder;

  @Test
  void ourSerdeWritesAndReadsWithIt() throws Exception {
    try (Apicurio apicurio = Apicurio.start(folder)) {
      HttpSchemaRegistry registry = new HttpSchemaRegistry(apicurio.url());
      registry.check();
      for (Topic topic : Topic.values()) {
        int id = registry.register(topic.subject(), topic.valueSchema());
        assertThat(new HttpSchemaRegistry(apicurio.url()).byId(id)).isEqualTo(topic.valueSchema());
        assertThat(new HttpSchemaRegistry(apicurio.url()).register(topic.subject(), topic.valueSchema())).isEqualTo(id);
      }
      Prompts prompts = new Prompts(apicurio.url());
      assertThat(prompts.promptIdIn(prompts.written("there and back"))).isEqualTo("there and back");

      Schema other = SchemaBuilder.record("Other").fields().requiredInt("number").endRecord();
      assertThatThrownBy(() -> registry.register(Topic.PROMPTS.subject(), other))
          .isInstanceOf(IncompatibleSchemaException.class)
          .hasMessageContaining("refuses Other for subject " + Topic.PROMPTS.subject());
      assertThatThrownBy(() -> new HttpSchemaRegistry(apicurio.root()).check())
          .isInstanceOf(RegistryRefusedException.class)
          .hasMessageContaining("with Apicurio .../apis/ccompat/v7");
    }
  }

  @Test
  void idsSurviveAMoveFromOursToTheirs() throws Exception {
    try (Apicurio apicurio = Apicurio.start(folder.resolve("apicurio"));
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.clients(), Port.free())) {
      Schema first = SchemaBuilder.record("Own").fields().requiredInt("number").endRecord();
      Schema second = SchemaBuilder.record("Own").fields().requiredInt("number").optionalString("name").endRecord();
      registry.register("own-value", first, CompatibilityLevel.FULL_TRANSITIVE);
      for (Topic topic : Topic.values())
        registry.register(topic.subject(), topic.valueSchema(), CompatibilityLevel.FULL_TRANSITIVE);
      registry.register("own-value", second, CompatibilityLevel.FULL_TRANSITIVE);
      // The same schema under a second subject has one id.
      registry.register("another-value", first, CompatibilityLevel.FULL_TRANSITIVE);
      String before = new Prompts(registry.url()).written("before the move");

      HttpSchemaRegistry ours = new HttpSchemaRegistry(registry.url());
      HttpSchemaRegistry theirs = new HttpSchemaRegistry(apicurio.url());
      assertThat(new RegistryMove(ours, theirs).run(LEVEL)).isEqualTo(Topic.values().length + 3);

      assertThat(theirs.all())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("schema")
          .containsExactlyInAnyOrderElementsOf(ours.all());
      for (RegisteredSchema schema : ours.all())
        assertThat(new HttpSchemaRegistry(apicurio.url()).byId(schema.id())).isEqualTo(schema.schema());
      assertThat(new Prompts(apicurio.url()).promptIdIn(before)).isEqualTo("before the move");
      assertThatThrownBy(() -> new RegistryMove(ours, theirs).run(LEVEL))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("ids survive only into an empty one");
    }
  }
}
