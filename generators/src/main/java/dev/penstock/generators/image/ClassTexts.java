package dev.penstock.generators.image;

import dev.penstock.generators.text.TextEmbedder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a class is called: its description ("a coat, jacket or parka"), the label before it ("coat: a coat, jacket or
/// parka"), and each alternative of the description with the description's article ("a coat", "a jacket", "a parka").
/// Alternatives of one word, and the label, are also its names.
///
/// @param names in lower case and singular
/// @param embeddings of the texts
record ClassTexts(Set<String> names, List<float[]> embeddings) {

  private static final Pattern ARTICLE = Pattern.compile("^(?:an?|the) (?:pair of )?", Pattern.CASE_INSENSITIVE);

  static ClassTexts of(String label, String description, TextEmbedder embedder) {
    Matcher matcher = ARTICLE.matcher(description);
    String article = matcher.find() ? matcher.group() : "";
    List<String> texts = new ArrayList<>(List.of(description, label.replace('-', ' ') + ": " + description));
    Set<String> names = new HashSet<>(Set.of(singular(label)));
    for (String alternative : description.substring(article.length()).split(",| or ")) {
      if (alternative.isBlank()) continue;
      texts.add(article + alternative.strip());
      if (!alternative.strip().contains(" ")) names.add(singular(alternative.strip()));
    }
    return new ClassTexts(names, texts.stream().map(embedder::embed).toList());
  }

  /// Whether this word, in singular or with a plural's s, is a name of the class.
  boolean isNamed(String word) {
    return names.contains(singular(word));
  }

  /// The greatest cosine between a text of the class and this embedding.
  double nearness(float[] embedding) {
    return embeddings.stream().mapToDouble(text -> TextEmbedder.cosine(text, embedding)).max().orElseThrow();
  }

  static String singular(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.length() > 4 && lower.matches(".*(ss|sh|ch|x)es")) return lower.substring(0, lower.length() - 2);
    boolean plural = lower.length() > 3 && lower.endsWith("s") && !lower.endsWith("ss");
    return plural ? lower.substring(0, lower.length() - 1) : lower;
  }
}
