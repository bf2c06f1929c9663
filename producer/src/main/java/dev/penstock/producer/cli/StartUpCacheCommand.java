package dev.penstock.producer.cli;

import ch.qos.logback.classic.Level;
import dev.penstock.producer.PromptField;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.Rehearsal;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What the launcher runs once after a build, while the JVM records which classes are loaded (JEP 350): it
/// does what the other commands do, towards an address where nobody listens, and the rehearsals on the class path.
@Command(name = "start-up-cache", hidden = true, description = "Loads the classes that the other commands need.")
public final class StartUpCacheCommand implements PenstockCommand {

  private static final KafkaClients NOBODY =
      new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "50", "default.api.timeout.ms", "50"));

  /// Knows one schema.
  private record OneSchema(Schema schema) implements SchemaRegistry {

    @Override
    public int register(String subject, Schema ignored) {
      return 1;
    }

    @Override
    public Schema byId(int id) {
      return schema;
    }
  }

  @Mixin PromptOptions prompt = new PromptOptions();

  @Override
  public Integer call() throws Exception {
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof ch.qos.logback.classic.Logger logger)
      logger.setLevel(Level.OFF);
    SchemaRegistry registry = new OneSchema(Topic.PROMPTS.valueSchema());
    PromptRequested request = prompt.draft().set(PromptField.TEXT, "a prompt").build();
    byte[] value = new AvroSerializer<PromptRequested>(registry, Topic.PROMPTS).serialize(request);
    new AvroDeserializer<PromptRequested>(registry, Topic.PROMPTS).deserialize(value);
    inVain(() -> new HttpSchemaRegistry("http://127.0.0.1:1").byId(1));
    inVain(
        () -> {
          try (PromptSender sender = new PromptSender(NOBODY, registry)) {
            return sender.send(request).join();
          }
        });
    inVain(
        () -> {
          try (TopicReader<ContentGenerated> reader = TopicReader.ofContent(NOBODY, registry, new ReadFrom.End())) {
            return List.of(reader.isAtEnd());
          }
        });
    new CommandLine(new SendCommand()).getUsageMessage();
    for (Rehearsal rehearsal : ServiceLoader.load(Rehearsal.class)) rehearsal.run();
    return 0;
  }

  /// Nobody is expected to listen; the classes of the failure are wanted as well.
  private static void inVain(Callable<?> action) {
    try {
      action.call();
    } catch (KafkaException e) {
      LoggerFactory.getLogger(StartUpCacheCommand.class).debug("as expected", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
