package dev.penstock.generators.text.entities;

import dev.penstock.generators.text.TokenSpans;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads labelled tokens as entities: neighbours of one type belong together unless a `B-` begins the next. The score is the
/// mean of the tokens' probabilities. This is the aggregation `simple` of Hugging Face transformers; white space at an
/// entity's ends is left out. With whole words, the tokens of a word vote first, see [Votes]. Any thread.
final class EntityReader {

  private final List<Label> labels;
  private final boolean wholeWords;

  EntityReader(List<String> labels, boolean wholeWords) {
    this.labels = labels.stream().map(Label::of).toList();
    this.wholeWords = wholeWords;
  }

  List<Entity> read(String text, TokenSpans tokens, LabelledTokens labelled) {
    Label[] read = new Label[tokens.count()];
    for (int token = 0; token < read.length; token++) read[token] = labels.get(labelled.labels()[token]);
    float[] scores = labelled.scores().clone();
    if (wholeWords) Votes.take(text, tokens, read, scores);
    List<Entity> entities = new ArrayList<>();
    for (int first = 0; first < tokens.count(); ) {
      int last = first + 1;
      double sum = scores[first];
      while (last < tokens.count() && read[last].continues(read[first])) sum += scores[last++];
      Entity entity =
          read[first].isOutside()
              ? null
              : entity(text, read[first].type(), tokens.starts()[first], tokens.ends()[last - 1], sum / (last - first));
      if (entity != null) entities.add(entity);
      first = last;
    }
    return entities;
  }

  private static @Nullable Entity entity(String text, String type, int start, int end, double score) {
    int from = text.offsetByCodePoints(0, start);
    String raw = text.substring(from, text.offsetByCodePoints(from, end - start));
    String words = raw.strip();
    if (words.isEmpty()) return null;
    int left = raw.codePointCount(0, raw.indexOf(words));
    int length = words.codePointCount(0, words.length());
    return new Entity(type, words, start + left, start + left + length, score, Checks.check(type, words));
  }
}
