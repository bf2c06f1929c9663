package dev.penstock.bench.evaluation.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How much texts repeat themselves and each other.
public final class TextVariety {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’-][\\p{L}\\p{N}]+)*|[^\\s\\p{L}\\p{N}]");
  private static final int LONGEST = 4;
  /// Instead of no match at all, so that the logarithm exists (Chen and Cherry 2014, method 1).
  private static final double EPSILON = 0.1;

  private TextVariety() {}

  /// Words and punctuation marks in small letters.
  public static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /// Different sequences of n words among all of all texts (distinct-n, Li et al. 2016); 1 if there is none.
  public static double distinct(List<List<String>> texts, int n) {
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (List<String> text : texts) {
      for (int i = 0; i + n <= text.size(); i++, all++) different.add(text.subList(i, i + n));
    }
    return all == 0 ? 1 : (double) different.size() / all;
  }

  /// BLEU-4 of each text with all others as references; their mean is self-BLEU (Zhu et al. 2018), 1 if all are the same.
  public static double[] selfBleus(List<List<String>> texts) {
    double[] scores = new double[texts.size()];
    for (int i = 0; i < scores.length; i++) {
      List<List<String>> others = new ArrayList<>(texts);
      others.remove(i);
      scores[i] = bleu(texts.get(i), others);
    }
    return scores;
  }

  /// BLEU with sequences of 1 to 4 words, equal weights, brevity penalty by the closest reference (Papineni et al. 2002).
  public static double bleu(List<String> text, List<List<String>> references) {
    if (text.isEmpty()) return 0;
    double logarithms = 0;
    for (int n = 1; n <= LONGEST; n++) {
      double matches = matches(text, references, n);
      if (n == 1 && matches == 0) return 0;
      logarithms += Math.log((matches == 0 ? EPSILON : matches) / Math.max(1, text.size() - n + 1)) / LONGEST;
    }
    int closest = closest(text.size(), references);
    double penalty = text.size() > closest ? 1 : Math.exp(1 - (double) closest / text.size());
    return penalty * Math.exp(logarithms);
  }

  private static int matches(List<String> text, List<List<String>> references, int n) {
    Map<List<String>, Integer> counts = counts(text, n);
    Map<List<String>, Integer> most = new HashMap<>();
    for (List<String> reference : references) {
      counts(reference, n).forEach((words, count) -> {
        if (counts.containsKey(words)) most.merge(words, count, Math::max);
      });
    }
    int matches = 0;
    for (var entry : most.entrySet()) matches += Math.min(entry.getValue(), counts.getOrDefault(entry.getKey(), 0));
    return matches;
  }

  private static Map<List<String>, Integer> counts(List<String> text, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= text.size(); i++) counts.merge(text.subList(i, i + n), 1, Integer::sum);
    return counts;
  }

  private static int closest(int length, List<List<String>> references) {
    int best = Integer.MAX_VALUE;
    for (List<String> reference : references) {
      int apart = Math.abs(reference.size() - length);
      int bestApart = Math.abs(best - length);
      if (best == Integer.MAX_VALUE || apart < bestApart || apart == bestApart && reference.size() < best)
        best = reference.size();
    }
    return best;
  }
}
