package dev.penstock.generators.image;

import dev.penstock.generators.text.TextEmbedder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Finds the class that a prompt's words ask for, by the directions of text embeddings.
///
/// The rule: the score of a class is the mean of *passage* and *word*. *Passage* is the greatest cosine between one
/// of the [ClassTexts] and the whole prompt or one of its sentences; *word* is the greatest cosine between one of them
/// and a word of the prompt that is not a function word, or 1 if a word of the prompt is one of the class's own names.
/// The class with the greatest score is matched; below [#NEAR_ENOUGH] none is. The passage decides what is meant ("a
/// dress shirt"), the word keeps the thing from drowning in what is said about it.
///
/// Of a long prompt the first 16 sentences and 64 different words count. Any thread.
final class ClassMatcher {

  /// The least score of a match. When the rule was made, prompts about other things than clothes scored up to 0.37,
  /// prompts about clothes from 0.52 on.
  static final double NEAR_ENOUGH = 0.42;

  private static final int MAX_SENTENCES = 16;
  private static final int MAX_WORDS = 64;
  private static final int REMEMBERED = 4_096;

  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          ("a an the of for with and or in on at to from by as is are be it its this that our your my their we you i us"
                  + " me new some any one two picture photo image drawing product shot illustration banner ad advert"
                  + " poster show shows showing make create generate draw render please want need like who which what"
                  + " will can")
              .split(" "));

  private final TextEmbedder embedder;
  private final List<ClassTexts> classes;
  /// Prompts share their words, and the score of a word never changes. The least recently used is dropped.
  private final Map<String, double[]> wordScores = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
      return size() > REMEMBERED;
    }
  };

  /// A class and its score, -1..1.
  record Match(int label, double score) {
    boolean isNearEnough() {
      return score >= NEAR_ENOUGH;
    }
  }

  /// @param labels class words, at least one
  /// @param descriptions one a label
  ClassMatcher(TextEmbedder embedder, List<String> labels, List<String> descriptions) {
    this.embedder = embedder;
    this.classes =
        IntStream.range(0, labels.size())
            .mapToObj(i -> ClassTexts.of(labels.get(i), descriptions.get(i), embedder))
            .toList();
  }

  /// The nearest class, however near it is.
  Match nearest(String prompt) {
    double[] passage = scores(prompt);
    for (String sentence : parts(prompt, "[.!?;\\n]+", MAX_SENTENCES, _ -> true)) raise(passage, scores(sentence));
    double[] word = new double[classes.size()];
    Arrays.fill(word, -1);
    String lowerCase = prompt.toLowerCase(Locale.ROOT);
    for (String each : parts(lowerCase, "[^\\p{L}\\p{N}'-]+", MAX_WORDS, w -> !FUNCTION_WORDS.contains(w)))
      raise(word, wordScores(each));
    Match best = new Match(0, -1);
    for (int label = 0; label < passage.length; label++) {
      // A prompt of function words alone has no word to go by.
      double nearestWord = word[label] == -1 ? passage[label] : word[label];
      double score = (passage[label] + nearestWord) / 2;
      if (score > best.score) best = new Match(label, score);
    }
    return best;
  }

  /// The label that this word is a name of, or -1.
  int named(String word) {
    for (int label = 0; label < classes.size(); label++) if (classes.get(label).isNamed(word)) return label;
    return -1;
  }

  /// In lower case and singular.
  Set<String> names(int label) {
    return classes.get(label).names();
  }

  private static Set<String> parts(String text, String separator, int most, Predicate<String> counts) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : text.split(separator)) {
      if (parts.size() == most) break;
      if (!part.isBlank() && counts.test(part.strip())) parts.add(part.strip());
    }
    return parts;
  }

  private double[] wordScores(String word) {
    synchronized (wordScores) {
      double[] known = wordScores.get(word);
      if (known != null) return known;
    }
    double[] scores = scores(word);
    for (int i = 0; i < scores.length; i++) if (classes.get(i).isNamed(word)) scores[i] = 1;
    synchronized (wordScores) {
      wordScores.put(word, scores);
    }
    return scores;
  }

  private double[] scores(String text) {
    float[] embedding = embedder.embed(text);
    return classes.stream().mapToDouble(texts -> texts.nearness(embedding)).toArray();
  }

  private static void raise(double[] greatest, double[] scores) {
    for (int i = 0; i < greatest.length; i++) greatest[i] = Math.max(greatest[i], scores[i]);
  }
}
