package dev.penstock.standalone.rehearsal;

import dev.penstock.generatorstream.GeneratorProcess;
import dev.penstock.generatorstream.GeneratorStreamCommand;
import dev.penstock.generatorstream.GeneratorStreamConfig;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.cli.Rehearsal;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Folders;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;

/// An instance of generator-stream answers a prompt for text and one for a picture, stops, starts again and restores:
/// what a restart after a kill has to load. Broker and registry are in this process.
public final class InstanceRehearsal implements Rehearsal {

  private static final int ANSWERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("penstock-rehearsal-");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.clients(), Port.free())) {
      new CommandLine(new GeneratorStreamCommand()).getUsageMessage();
      GeneratorStreamConfig config = config(folder, kafka.bootstrapServers(), registry.url());
      GeneratorProcess first = started(config);
      try {
        answer(kafka.clients(), new HttpSchemaRegistry(registry.url()));
      } finally {
        first.close();
      }
      started(config).close();
    } finally {
      Folders.remove(folder);
    }
  }

  private static GeneratorStreamConfig config(Path folder, String servers, String registry) {
    return GeneratorStreamConfig.from(
        Settings.load(
            GeneratorStreamConfig.keys(), null, Map.of(),
            Map.of(
                "kafka.bootstrap.servers", servers,
                "schema.registry.url", registry,
                "models", "tiny-copywriter,fashion-cvae",
                "device", "cpu",
                "instance.id", "rehearsal",
                "topics.partitions", "1",
                "state.dir", folder.resolve("state").toString(),
                "crash.dir", folder.resolve("crash").toString(),
                "object.store.uri", folder.resolve("objects").toUri().toString())));
  }

  private static GeneratorProcess started(GeneratorStreamConfig config) throws Exception {
    GeneratorProcess process = GeneratorProcess.start(config, new StartupWait(NOWHERE, PATIENCE), line -> {});
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!process.isReady()) {
      if (System.nanoTime() - giveUp > 0) throw new IllegalStateException("no task was assigned");
      Thread.sleep(20);
    }
    return process;
  }

  private static void answer(KafkaClients clients, SchemaRegistry registry) throws InterruptedException {
    try (PromptSender sender = new PromptSender(clients, registry);
        TopicReader<ContentGenerated> answers = TopicReader.ofContent(clients, registry, new ReadFrom.Beginning())) {
      PromptRequested.Builder prompt = PromptRequested.newBuilder().setText("a boot");
      sender.send(prompt.setPromptId("text").setModel("tiny-copywriter").setStream(true).build()).join();
      sender.send(prompt.setPromptId("picture").setModel("fashion-cvae").setModality(Modality.IMAGE).build()).join();
      long giveUp = System.nanoTime() + PATIENCE.toNanos();
      for (int seen = 0; seen < ANSWERS; seen += answers.poll(Duration.ofMillis(100)).size())
        if (System.nanoTime() - giveUp > 0) throw new IllegalStateException("the prompts were not answered");
    }
  }
}
