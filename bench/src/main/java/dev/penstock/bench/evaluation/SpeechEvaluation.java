package dev.penstock.bench.evaluation;

import dev.penstock.bench.evaluation.ModelRun.Wish;
import dev.penstock.bench.evaluation.metrics.Bootstrap;
import dev.penstock.bench.evaluation.metrics.TextVariety;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Measures what a voice says: how long, how loud, how fast, how much of it is silence. Nothing listens: that words come at
/// the rate of speech stands in for being understood.
final class SpeechEvaluation {

  private static final long FIRST_SEED = 1;
  /// Words a second of read English, with room on both sides.
  private static final double SLOWEST = 1.5;
  private static final double FASTEST = 4.5;

  private final List<String> sentences;
  private final ProgressBar bar;

  SpeechEvaluation(List<String> sentences, ProgressBar bar) {
    this.sentences = List.copyOf(sentences);
    this.bar = bar;
  }

  Evaluation of(ModelFolder model) throws IOException {
    List<Wish> wishes = sentences.stream().map(sentence -> new Wish(sentence, Map.of())).toList();
    List<Optional<GenerationResult>> spoken;
    try (ModelRun run = new ModelRun(model)) {
      spoken = run.grant(wishes, FIRST_SEED, bar, model.manifest().name() + " speaks");
    }
    List<SpokenSound> sounds = new ArrayList<>();
    for (Optional<GenerationResult> sound : spoken) sounds.add(SpokenSound.of(sound.orElseThrow().body()));
    return of(
        "%s %s, digest %s".formatted(model.manifest().name(), model.manifest().version(), model.digest().substring(0, 16)), sounds);
  }

  Evaluation of(String title, List<SpokenSound> sounds) {
    Evaluation evaluation = new Evaluation(title);
    int count = sounds.size();
    double[] rates = new double[count];
    boolean[] likeSpeech = new boolean[count];
    for (int i = 0; i < count; i++) {
      long words = TextVariety.words(sentences.get(i)).stream().filter(word -> Character.isLetterOrDigit(word.codePointAt(0))).count();
      rates[i] = words / sounds.get(i).seconds();
      likeSpeech[i] = rates[i] >= SLOWEST && rates[i] <= FASTEST;
    }
    evaluation.put("samples", count);
    evaluation.put("seconds", Bootstrap.mean(sounds.stream().mapToDouble(SpokenSound::seconds).toArray()));
    evaluation.put("level_dbfs", Bootstrap.mean(sounds.stream().mapToDouble(SpokenSound::levelDbfs).toArray()));
    evaluation.put("peak", Bootstrap.mean(sounds.stream().mapToDouble(SpokenSound::peak).toArray()));
    evaluation.put("silence", Bootstrap.mean(sounds.stream().mapToDouble(SpokenSound::silence).toArray()));
    evaluation.put("words_a_second", Bootstrap.mean(rates));
    evaluation.put("at_the_rate_of_speech", Bootstrap.share(likeSpeech));
    evaluation.note(
        count + " sentences, seeds in turn, none picked. level: root mean square of what is not silence, against full scale; silence: share of"
            + " 20 ms windows more than 40 dB below the loudest; at the rate of speech: %.1f to %.1f words a second.".formatted(SLOWEST, FASTEST));
    return evaluation;
  }
}
