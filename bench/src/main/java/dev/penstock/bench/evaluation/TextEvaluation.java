package dev.penstock.bench.evaluation;

import dev.penstock.bench.evaluation.ModelRun.Wish;
import dev.penstock.bench.evaluation.metrics.Bootstrap;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.bench.evaluation.metrics.TextVariety;
import dev.penstock.bench.evaluation.report.BarPlot;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.text.RepetitionLoop;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Counts what a language model writes: how varied, whether it goes in circles, whether it keeps what it must, and how
/// likely another model finds it.
final class TextEvaluation {

  private static final long FIRST_SEED = 1;
  private static final int SHOWN = 40;
  private static final int REPLICATES = 200;
  private static final int MOST_READ = 512;
  private static final String LINE = "[A-Z][a-z ,]{10,50}[.!]";

  private final List<String> briefs;
  private final ProgressBar bar;

  /// @param briefs one answer is asked for each
  TextEvaluation(List<String> briefs, ProgressBar bar) {
    this.briefs = List.copyOf(briefs);
    this.bar = bar;
  }

  /// @param reader the other model, whose perplexity is told
  Evaluation of(ModelFolder model, ModelFolder reader) throws IOException {
    Evaluation evaluation = new Evaluation(
        "%s %s, digest %s".formatted(model.manifest().name(), model.manifest().version(), model.digest().substring(0, 16)));
    List<Optional<GenerationResult>> answers;
    List<Optional<GenerationResult>> lines;
    try (ModelRun run = new ModelRun(model)) {
      answers = run.grant(wishes(Map.of()), FIRST_SEED, bar, model.manifest().name() + " writes");
      lines = run.grant(wishes(Map.of("regex", LINE)), FIRST_SEED, bar, model.manifest().name() + " keeps a form");
    }
    List<Wish> read = new ArrayList<>();
    List<GenerationResult> given = new ArrayList<>();
    for (int i = 0; i < briefs.size(); i++) {
      if (answers.get(i).isEmpty()) continue;
      given.add(answers.get(i).get());
      read.add(new Wish(briefs.get(i), Map.of()));
    }
    evaluation.put("samples", briefs.size());
    evaluation.put("refused", briefs.size() - given.size());
    variety(evaluation, given);
    evaluation.put("constraint_satisfaction", Bootstrap.share(kept(lines)));
    evaluation.put("perplexity", perplexity(reader, read, given));
    evaluation.plot(new BarPlot("shares", List.of(bar(evaluation, "distinct_1"), bar(evaluation, "distinct_2"),
        bar(evaluation, "self_bleu"), bar(evaluation, "ended_itself"), bar(evaluation, "constraint_satisfaction"))));
    evaluation.note(briefs.size() + " briefs, one answer each with the model's own defaults, seeds in turn, none picked. refused: answers"
        + " that the model itself found unusable.");
    evaluation.note("constraint_satisfaction: the same briefs with the regex %s, the whole answer checked by java.util.regex.".formatted(LINE));
    evaluation.note(
        "perplexity: %s %s reads the first %d characters of each answer behind its brief, led by a regex that allows nothing else; of the tokens"
            .formatted(reader.manifest().name(), reader.manifest().version(), longest(reader))
            + " that spell it the likeliest is taken, and its own probability counted.");
    for (int i = 0; i < Math.min(SHOWN, given.size()); i++)
      evaluation.text(read.get(i).prompt() + " — " + text(given.get(i)));
    return evaluation;
  }

  private List<Wish> wishes(Map<String, String> parameters) {
    return briefs.stream().map(brief -> new Wish(brief, parameters)).toList();
  }

  private static void variety(Evaluation evaluation, List<GenerationResult> given) {
    List<List<String>> texts = given.stream().map(answer -> TextVariety.words(text(answer))).toList();
    for (int n : new int[] {1, 2})
      evaluation.put("distinct_" + n, Bootstrap.ofDistance(texts.size(), REPLICATES, rows -> distinct(texts, rows, n)));
    evaluation.put("self_bleu", Bootstrap.mean(TextVariety.selfBleus(texts)));
    boolean[] loops = new boolean[texts.size()];
    boolean[] ended = new boolean[texts.size()];
    double[] words = new double[texts.size()];
    double[] relevance = new double[texts.size()];
    for (int i = 0; i < loops.length; i++) {
      loops[i] = RepetitionLoop.isIn(numbers(texts.get(i)));
      ended[i] = given.get(i).finishReason() == FinishReason.STOP;
      words[i] = texts.get(i).size();
      relevance[i] = given.get(i).scores().getOrDefault("relevance", 0.0);
    }
    Interval looping = Bootstrap.share(loops);
    evaluation.put(
        "repetition_loops_per_100", new Interval(100 * looping.value(), 100 * looping.low(), 100 * looping.high()));
    evaluation.put("ended_itself", Bootstrap.share(ended));
    evaluation.put("words_an_answer", Bootstrap.mean(words));
    evaluation.put("relevance", Bootstrap.mean(relevance));
  }

  private static double distinct(List<List<String>> texts, int[] rows, int n) {
    List<List<String>> chosen = new ArrayList<>();
    for (int row : rows) chosen.add(texts.get(row));
    return TextVariety.distinct(chosen, n);
  }

  /// Words as numbers, for [RepetitionLoop].
  private static int[] numbers(List<String> words) {
    Map<String, Integer> numbers = new HashMap<>();
    return words.stream().mapToInt(word -> numbers.computeIfAbsent(word, w -> numbers.size())).toArray();
  }

  private static boolean[] kept(List<Optional<GenerationResult>> lines) {
    Pattern form = Pattern.compile(LINE);
    boolean[] kept = new boolean[lines.size()];
    for (int i = 0; i < kept.length; i++)
      kept[i] = lines.get(i).filter(line -> form.matcher(text(line)).matches()).isPresent();
    return kept;
  }

  private Interval perplexity(ModelFolder reader, List<Wish> read, List<GenerationResult> given) throws IOException {
    int most = longest(reader);
    List<Wish> led = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      String text = text(given.get(i));
      String only = literally(text.substring(0, Math.min(most, text.length())).strip());
      led.add(
          new Wish(
              read.get(i).prompt(),
              Map.of("regex", only, "temperature", "0", "logProbabilities", "true", "maxTokens", Integer.toString(most))));
    }
    List<Optional<GenerationResult>> echoes;
    try (ModelRun run = new ModelRun(reader)) {
      echoes = run.grant(led, FIRST_SEED, bar, reader.manifest().name() + " reads");
    }
    double[][] sums = new double[echoes.size()][2];
    for (int i = 0; i < sums.length; i++) {
      for (var token : echoes.get(i).map(GenerationResult::logProbabilities).orElse(List.of())) {
        sums[i][0] -= token.logProbability();
        sums[i][1]++;
      }
    }
    return Bootstrap.of(sums.length, REPLICATES, rows -> perplexity(sums, rows));
  }

  /// So many characters of a text are read: each takes a token at most.
  private static int longest(ModelFolder reader) {
    return reader.manifest().parameters().specs().get("maxTokens") instanceof IntegerParameter tokens
        ? Math.toIntExact(Math.min(MOST_READ, tokens.maximum()))
        : MOST_READ;
  }

  private static double perplexity(double[][] sums, int[] rows) {
    double negative = 0;
    double tokens = 0;
    for (int row : rows) {
      negative += sums[row][0];
      tokens += sums[row][1];
    }
    return Math.exp(negative / Math.max(1, tokens));
  }

  /// A regular expression that matches this text alone.
  private static String literally(String text) {
    return text.replaceAll("([\\\\.^$|?*+()\\[\\]{}/-])", "\\\\$1").replace("\n", "\\n");
  }

  private static BarPlot.Bar bar(Evaluation evaluation, String name) {
    return new BarPlot.Bar(name.replace('_', ' '), evaluation.figures().getOrDefault(name, Interval.exactly(0)), true);
  }

  private static String text(GenerationResult result) {
    return new String(result.body(), StandardCharsets.UTF_8);
  }
}
