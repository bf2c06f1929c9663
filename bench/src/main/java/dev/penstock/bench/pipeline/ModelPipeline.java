package dev.penstock.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.Standalone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Short answers of a real language model, saturated: through the whole process, and in a bare engine beside it with
/// the same threads; the texts must be the same. A prompt whose answer is refused (it repeats itself) has a text in
/// neither, and its tokens do not count.
record ModelPipeline(RunLog log) {

  private static final Map<String, String> PARAMETERS = Map.of("maxTokens", "32");

  /// The process has more code than the engine; until it is compiled, the compiler takes the processors' time. Seen: 27% of
  /// one in the third round, 14% in the sixth.
  private static final double COMPILED = 0.03;
  private static final int MOST_WARM_UP_ROUNDS = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /// @param texts by prompt number
  private record Run(Map<Integer, String> texts, long tokens, double seconds) {
    double tokensPerSecond() {
      return tokens / seconds;
    }
  }

  Figures run(boolean quick) throws Exception {
    int prompts = quick ? 48 : 192;
    int rounds = quick ? 1 : 9;
    try (EngineAndProcess both = new EngineAndProcess(log)) {
      warmUp(both, prompts);
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        Run bare = bare(both.engine(), prompts);
        Run pipeline = pipeline(both.running(), prompts, bare, round);
        ratios[round] = pipeline.tokensPerSecond() / bare.tokensPerSecond();
        log.line(
            "model round %d: bare %.1f tokens/s, pipeline %.1f tokens/s, ratio %.3f, %d tokens, %d of %d prompts answered, texts equal",
            round + 1, bare.tokensPerSecond(), pipeline.tokensPerSecond(), ratios[round], bare.tokens(),
            bare.texts().size(), prompts);
      }
      return new Figures().put("pipeline_vs_engine", Figures.median(ratios));
    }
  }

  private void warmUp(EngineAndProcess both, int prompts) throws Exception {
    Run bare = bare(both.engine(), prompts);
    for (int round = -1; round >= -MOST_WARM_UP_ROUNDS; round--) {
      Compiler compiler = new Compiler();
      Run pipeline = pipeline(both.running(), prompts, bare, round);
      double share = compiler.share();
      log.line("warm-up round %d: %.1f tokens/s, compiling took %.3f of the time", -round, pipeline.tokensPerSecond(), share);
      if (share < COMPILED) return;
    }
  }

  private static Run bare(BareEngine engine, int prompts) {
    Map<String, Object> parameters = engine.model().manifest().parameters().validate(PARAMETERS);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < prompts; i++)
      requests.add(
          new GenerationRequest(
              "bench-" + i, "bench", new Input.Text(Briefs.slogan(i)), parameters, i, 0, 1, Priority.NORMAL, null));
    long start = System.nanoTime();
    List<Optional<GenerationResult>> results = engine.run(requests);
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<Integer, String> texts = new HashMap<>();
    long tokens = 0;
    for (int i = 0; i < prompts; i++) {
      if (results.get(i).isEmpty()) continue;
      GenerationResult result = results.get(i).get();
      texts.put(i, new String(result.body(), UTF_8));
      tokens += result.usage().outputTokens();
    }
    return new Run(texts, tokens, seconds);
  }

  private static Run pipeline(Standalone.Running running, int prompts, Run bare, int round) throws Exception {
    SchemaRegistry registry =
        new HttpSchemaRegistry(running.settings().get(SharedKeys.SCHEMA_REGISTRY).toString());
    try (KafkaConsumer<byte[], byte[]> reader = readerAtEnd(running);
        KafkaProducer<byte[], byte[]> producer = running.clients().producer(Map.of("linger.ms", 1))) {
      long start = System.nanoTime();
      AvroSerializer<PromptRequested> serializer = new AvroSerializer<>(registry, Topic.PROMPTS);
      for (int i = 0; i < prompts; i++) {
        String id = "bench/" + round + "/" + i;
        producer.send(
            new ProducerRecord<>(
                Topic.PROMPTS.topicName(), PromptKey.of(id, null), serializer.serialize(prompt(id, i))));
      }
      producer.flush();
      Run run = collect(reader, registry, bare.texts().size(), start);
      if (!bare.texts().equals(run.texts()))
        throw new IllegalStateException("the pipeline's texts are not those of the bare engine");
      return run;
    }
  }

  private static PromptRequested prompt(String id, int number) {
    return PromptRequested.newBuilder()
        .setPromptId(id)
        .setModel(EngineAndProcess.MODEL)
        .setText(Briefs.slogan(number))
        .setParameters(PARAMETERS)
        .setSeed((long) number)
        .build();
  }

  private static Run collect(
      KafkaConsumer<byte[], byte[]> reader, SchemaRegistry registry, int contents, long start) {
    AvroDeserializer<ContentGenerated> deserializer = new AvroDeserializer<>(registry, Topic.CONTENT);
    Map<Integer, String> texts = new HashMap<>();
    long tokens = 0;
    while (texts.size() < contents) {
      if (System.nanoTime() - start > PATIENCE.toNanos())
        throw new IllegalStateException("%d of %d contents came in %s".formatted(texts.size(), contents, PATIENCE));
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        ContentGenerated content = deserializer.deserialize(record.value());
        String id = content.getPromptId();
        texts.put(Integer.parseInt(id.substring(id.lastIndexOf('/') + 1)), UTF_8.decode(content.getBody()).toString());
        tokens += content.getUsage().getOutputTokens();
      }
    }
    return new Run(texts, tokens, (System.nanoTime() - start) / 1e9);
  }

  private static KafkaConsumer<byte[], byte[]> readerAtEnd(Standalone.Running running) {
    KafkaConsumer<byte[], byte[]> consumer = running.clients().consumer(Map.of("fetch.max.wait.ms", "50"));
    String topic = Topic.CONTENT.topicName();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }
}
