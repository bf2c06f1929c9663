package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.image.ClassMatcher.Match;
import dev.penstock.generators.models.OneShotImageSection.Condition;
import dev.penstock.generators.text.TextEmbedder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Chooses the label of one condition: the parameter's, or the one that the prompt's words ask for.
///
/// The first condition of a model is its subject: a prompt that asks for none of its labels is rejected. Every other is
/// a property of the subject: of several labels that are named in the prompt, the one whose word stands nearest to the
/// subject's counts ("a red mug on a white wall" is red), since embeddings do not tell which is said of which; where
/// no label is named and none is near enough, the seed draws one. Any thread.
final class ConditionMatcher {

  private final Condition condition;
  private final ClassMatcher matcher;

  /// @param score how near the prompt is to the label; null if the label was given or drawn
  record Chosen(int label, @Nullable Double score) {}

  ConditionMatcher(Condition condition, TextEmbedder embedder) {
    this.condition = condition;
    this.matcher = new ClassMatcher(embedder, condition.labels(), condition.descriptions());
  }

  String parameter() {
    return condition.parameter();
  }

  List<String> labels() {
    return condition.labels();
  }

  /// What a prompt may call this label.
  Set<String> names(int label) {
    return matcher.names(label);
  }

  /// @throws Rejected the parameter is none of the labels, or the prompt asks for none
  Chosen subject(GenerationRequest request) throws Rejected {
    Chosen given = given(request);
    if (given != null) return given;
    Match match = matcher.nearest(request.input().brief());
    if (match.isNearEnough()) return new Chosen(match.label(), match.score());
    throw new Rejected(
        "NO_MATCHING_CLASS",
        "The prompt asks for nothing that this model can draw; name one of its classes, "
            + String.join(", ", condition.labels()) + ", or set the parameter " + parameter() + ".");
  }

  /// @param subject what the prompt may call the subject
  /// @param seed draws the label if nothing else decides
  /// @throws Rejected the parameter is none of the labels
  Chosen property(GenerationRequest request, Set<String> subject, long seed) throws Rejected {
    Chosen given = given(request);
    if (given != null) return given;
    String brief = request.input().brief();
    int named = nearestNamed(brief, subject);
    if (named >= 0) return new Chosen(named, 1.0);
    Match match = matcher.nearest(brief);
    if (match.isNearEnough()) return new Chosen(match.label(), match.score());
    long mixed = (seed ^ parameter().hashCode()) * 0x9E3779B97F4A7C15L;
    return new Chosen((int) Long.remainderUnsigned(mixed >>> 17, condition.labels().size()), null);
  }

  private @Nullable Chosen given(GenerationRequest request) throws Rejected {
    String given = (String) request.parameters().get(parameter());
    if (given == null) return null;
    int label = condition.labels().indexOf(given);
    if (label >= 0) return new Chosen(label, null);
    throw new Rejected(
        "UNKNOWN_CLASS",
        "The parameter " + parameter() + " names no class of this model; allowed are "
            + String.join(", ", condition.labels()) + ".");
  }

  /// The named label nearest to a word of the subject, or the first if the subject is not named; -1 if no label is.
  private int nearestNamed(String brief, Set<String> subject) {
    List<String> words = List.of(brief.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}'-]+"));
    List<Integer> places =
        IntStream.range(0, words.size()).filter(i -> subject.contains(ClassTexts.singular(words.get(i)))).boxed().toList();
    int best = -1;
    int distance = Integer.MAX_VALUE;
    for (int i = 0; i < words.size(); i++) {
      int label = matcher.named(words.get(i));
      int place = i;
      int away = places.stream().mapToInt(p -> Math.abs(p - place)).min().orElse(i);
      if (label < 0 || away >= distance) continue;
      best = label;
      distance = away;
    }
    return best;
  }
}
