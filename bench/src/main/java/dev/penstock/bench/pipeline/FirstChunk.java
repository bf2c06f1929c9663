package dev.penstock.bench.pipeline;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.AnswerTexts;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.SentPrompt;
import dev.penstock.producer.answers.AnswerReader;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.Standalone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From sending a prompt to reading the first words of its answer, one prompt at a time, beside the same request in a bare
/// engine. Both begin idle; who goes first changes from prompt to prompt.
record FirstChunk(BareEngine engine, Standalone.Running running, RunLog log) {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WARM_UP = 4;

  /// What a consumer may wait beside 1.15 times the engine's time to its first token: `first_chunk_overhead` is what is
  /// above it, in times to the first token.
  private static final double ALLOWANCE_MILLIS = 25;

  Figures run(int prompts) throws Exception {
    SchemaRegistry registry =
        new HttpSchemaRegistry(running.settings().get(SharedKeys.SCHEMA_REGISTRY).toString());
    List<double[]> measured = new ArrayList<>();
    try (AnswerTexts texts = AnswerTexts.open(engine.model());
        PromptSender sender = new PromptSender(running.clients(), registry)) {
      for (int i = -WARM_UP; i < prompts; i++) {
        String brief = Briefs.slogan(i + WARM_UP);
        boolean engineFirst = i % 2 == 0;
        FirstToken.Times bare = engineFirst ? bare(texts, brief, i) : null;
        double chunk = chunk(sender, registry, brief, i);
        if (bare == null) bare = bare(texts, brief, i);
        if (i < 0 || bare == null || chunk == 0) continue;
        measured.add(new double[] {bare.tokenMillis(), bare.textMillis(), chunk});
        log.line(
            "first chunk, prompt %d: engine's first token %.1f ms, its first text %.1f ms; first chunk read %.1f ms",
            i, bare.tokenMillis(), bare.textMillis(), chunk);
      }
    }
    return figures(measured);
  }

  /// The figures twice: of the middle of all prompts, and of their fastest quarter, which other programs on the machine
  /// disturb less (each hand-over between threads waits for a processor).
  private static Figures figures(List<double[]> measured) {
    double token = quantile(measured, 0, 0.5);
    double chunk = quantile(measured, 2, 0.5);
    double quietToken = quantile(measured, 0, 0.25);
    double quietChunk = quantile(measured, 2, 0.25);
    return new Figures()
        .put("first_token_ms", token)
        .put("first_text_ms", quantile(measured, 1, 0.5))
        .put("first_chunk_ms", chunk)
        .put("first_chunk_overhead", (chunk - ALLOWANCE_MILLIS) / token)
        .put("first_token_p25_ms", quietToken)
        .put("first_chunk_p25_ms", quietChunk)
        .put("first_chunk_overhead_p25", (quietChunk - ALLOWANCE_MILLIS) / quietToken);
  }

  private static double quantile(List<double[]> measured, int column, double part) {
    double[] sorted = measured.stream().mapToDouble(m -> m[column]).sorted().toArray();
    return sorted[(int) (part * (sorted.length - 1))];
  }

  private FirstToken.@Nullable Times bare(AnswerTexts texts, String brief, int number) {
    ModelFolder model = engine.model();
    Map<String, Object> parameters = model.manifest().parameters().validate(Map.of("maxTokens", "24"));
    GenerationRequest request =
        new GenerationRequest(
            "bare-" + number, "bench", new Input.Text(brief), parameters, number, 0, 1, Priority.NORMAL, null);
    FirstToken first = new FirstToken(texts.begin(request));
    engine.submit(request, first);
    return first.await();
  }

  /// @return milliseconds until the first chunk was read; 0 if there was none
  private double chunk(PromptSender sender, SchemaRegistry registry, String brief, int number) {
    PromptRequested prompt =
        PromptRequested.newBuilder()
            .setPromptId("stream/" + number)
            .setModel(engine.model().manifest().name())
            .setText(brief)
            .setParameters(Map.of("maxTokens", "24"))
            .setSeed((long) number)
            .setStream(true)
            .build();
    try (TopicReader<ContentChunk> chunks = TopicReader.ofChunks(running.clients(), registry, new ReadFrom.End());
        AnswerReader answers =
            new AnswerReader(running.clients(), registry, new ReadFrom.End(), e -> log.line("%s", e.getMessage()))) {
      long start = System.nanoTime();
      var sent = sender.send(prompt);
      double millis = first(chunks, prompt.getPromptId(), start);
      SentPrompt position = sent.join();
      answers.await(position, PATIENCE).orElseThrow(() -> new IllegalStateException("no answer in " + PATIENCE));
      return millis;
    }
  }

  private static double first(TopicReader<ContentChunk> chunks, String promptId, long start) {
    while (System.nanoTime() - start < PATIENCE.toNanos())
      for (Received<ContentChunk> received : chunks.poll(Duration.ofMillis(100)))
        if (received.value().getPromptId().equals(promptId)) return (System.nanoTime() - start) / 1e6;
    return 0;
  }
}
