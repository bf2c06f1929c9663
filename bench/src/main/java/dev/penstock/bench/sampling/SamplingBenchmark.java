package dev.penstock.bench.sampling;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.MiniLmEmbedder;
import dev.penstock.generators.text.sampling.LogitBias;
import dev.penstock.generators.text.sampling.Penalties;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often a small model goes round in circles with its default sampling, and what a draw costs.
public final class SamplingBenchmark implements Benchmark {

  private static final String MODEL = "smollm2-135m-instruct";
  private static final long LONGEST_ANSWER = 200;
  private static final long FRESH_SEED = 1_000_000;

  @Override
  public String name() {
    return "sampling";
  }

  @Override
  public String purpose() {
    return "repetition loops over 100 advertising briefs, and the time that a draw takes";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    ModelFolder folder = ModelRepository.of(List.of(), System.getenv()).find(MODEL);
    log.line("model %s, digest %s, answers of up to %d tokens", folder.manifest().name(), folder.digest(), LONGEST_ANSWER);
    Figures figures = costs(folder.manifest().languageModel().vocabularySize(), quick ? 10 : 50, log);
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        LanguageModelGenerator generator = LanguageModelGenerator.open(folder, embedder)) {
      for (var choice : choices().entrySet()) {
        Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
        parameters.put("maxTokens", LONGEST_ANSWER);
        parameters.putAll(choice.getValue());
        LoopRate known = LoopRate.of(generator, AdvertisingBriefs.known(), parameters, 0);
        LoopRate heldOut = LoopRate.of(generator, AdvertisingBriefs.heldOut(), parameters, FRESH_SEED);
        log(choice.getKey() + ", known briefs", known, log);
        log(choice.getKey() + ", held out", heldOut, log);
        if (!choice.getValue().isEmpty()) continue;
        figures.put("repetition_loops_per_100", heldOut.loopsPerHundred());
        figures.put("repetition_loops_per_100_known", known.loopsPerHundred());
      }
    }
    return figures;
  }

  private static void log(String name, LoopRate rate, RunLog log) {
    log.line(
        "%-34s %5.1f loops in 100 answers, %d answers, %d whole, %.0f tokens an answer, distinct-2 %.3f, relevance %.3f",
        name, rate.loopsPerHundred(), rate.answers(), rate.whole(), (double) rate.tokens() / rate.answers(),
        rate.distinctPairs(), rate.relevance());
  }

  /// What is compared: the defaults first.
  private static Map<String, Map<String, Object>> choices() {
    Map<String, Map<String, Object>> choices = new LinkedHashMap<>();
    choices.put("default", Map.of());
    choices.put("no frequency penalty", Map.of("frequencyPenalty", 0.0));
    choices.put("no penalty", Map.of("frequencyPenalty", 0.0, "repetitionPenalty", 1.0));
    choices.put("greedy, no penalty", Map.of("temperature", 0.0, "frequencyPenalty", 0.0, "repetitionPenalty", 1.0));
    return choices;
  }

  private static Figures costs(int vocabularySize, int rounds, RunLog log) {
    SamplerCost cost = new SamplerCost(vocabularySize);
    Map<String, SamplingSettings> settings = new LinkedHashMap<>();
    settings.put("greedy", new SamplingSettings(0, 0, 1, 0, 1));
    Penalties penalties = new Penalties(1.1, 0.3, 0);
    settings.put("default", new SamplingSettings(0.4, 0, 0.9, 0, penalties, LogitBias.NONE, false));
    settings.put("temperature", new SamplingSettings(1, 0, 1, 0, 1));
    settings.put("top_p", new SamplingSettings(1, 0, 0.95, 0, 1));
    settings.put("min_p", new SamplingSettings(1, 0, 1, 0.05, 1));
    settings.put("top_k", new SamplingSettings(1, 50, 1, 0, 1));
    Figures figures = new Figures();
    settings.forEach(
        (name, choice) -> {
          double microseconds = cost.microseconds(choice, rounds);
          log.line("draw, %-12s %7.1f microseconds", name, microseconds);
          figures.put("draw_us_" + name, microseconds);
        });
    return figures;
  }
}
