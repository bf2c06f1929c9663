package dev.penstock.bench.evaluation.evidence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tables of `docs/evaluation.md`: one with every picture family, one of captions, one of what is aimed at, one of texts,
/// one of voices. In Markdown; every figure is one that a run wrote.
public final class EvidenceTables {

  private static final List<String> COMPARED =
      List.of("accuracy", "recall", "precision", "coverage", "frechet", "frechet_floor", "frechet_gaussian", "frechet_vae", "diversity", "nearest_train_ratio");
  private static final Map<String, String> CAPTIONS =
      Map.of("seen", "pairs trained", "held_out", "pairs held out", "paraphrase", "phrasings never trained");
  private static final List<String> PARTS = List.of("object", "colour", "background", "pattern", "object_colour_background", "all_four");

  private final List<Evidence> pictures;
  private final List<Evidence> texts;
  private final List<Evidence> voices;

  private EvidenceTables(List<Evidence> all) {
    this.pictures = all.stream().filter(each -> each.has("frechet")).sorted(Comparator.comparing(Evidence::judge)).toList();
    this.texts = all.stream().filter(each -> each.has("self_bleu")).toList();
    this.voices = all.stream().filter(each -> each.has("level_dbfs")).toList();
  }

  /// @param folder with `evaluate-*.json`
  /// @throws dev.penstock.runtime.UserError if one of them cannot be read
  public static EvidenceTables of(Path folder) {
    return new EvidenceTables(Evidence.all(folder));
  }

  /// The tables by the mark that they stand behind in the page, as `<!-- pictures -->`.
  public Map<String, String> byMark() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("pictures", pictures());
    tables.put("captions", captions());
    tables.put("aims", aims());
    tables.put("texts", texts());
    tables.put("voices", voices());
    return tables;
  }

  private String pictures() {
    StringBuilder table = head("model", "judge", "pictures", "accuracy", "recall", "precision", "coverage", "Fréchet", "floor (real test)",
        "baseline Gaussian", "baseline VAE", "diversity", "nearest train ratio");
    Set<String> real = new LinkedHashSet<>();
    Set<String> gaussian = new LinkedHashSet<>();
    for (Evidence each : pictures) {
      List<String> cells = new ArrayList<>(List.of("`" + each.model() + "`"));
      cells.addAll(set(each));
      for (String figure : COMPARED) cells.add(each.shown(figure, decimals(figure)));
      table.append(row(cells));
      real.add(reference(each, "real test pictures", "real"));
      gaussian.add(reference(each, "baseline Gaussian", "gaussian"));
    }
    real.forEach(table::append);
    gaussian.forEach(table::append);
    return table.toString();
  }

  /// Judge, and how many pictures of which side.
  private static List<String> set(Evidence each) {
    return List.of(each.judge(), "%s of %s px".formatted(each.plain("samples", 0), each.plain("side", 0)));
  }

  private static String reference(Evidence each, String words, String suffix) {
    List<String> cells = new ArrayList<>(List.of(words));
    cells.addAll(set(each));
    for (String figure : COMPARED) {
      boolean real = suffix.equals("real");
      String of = figure.equals("frechet") && real ? "frechet_floor" : figure + "_" + suffix;
      cells.add(each.shown(of, decimals(figure)));
    }
    return row(cells);
  }

  private static int decimals(String figure) {
    return figure.startsWith("frechet") ? 1 : 3;
  }

  private String captions() {
    StringBuilder table = head("model", "captions", "object", "colour", "background", "pattern", "object, colour, background", "all four");
    for (Evidence each : pictures)
      for (String kind : List.of("seen", "held_out", "paraphrase")) {
        if (!each.has(kind + "_object")) continue;
        List<String> cells = new ArrayList<>(
            List.of("`" + each.model() + "`", CAPTIONS.get(kind) + ", " + each.plain("samples", 0)));
        for (String part : PARTS) cells.add(each.has(kind + "_" + part) ? each.shown(kind + "_" + part, 3) : "not asked");
        table.append(row(cells));
      }
    return table.toString();
  }

  private String aims() {
    StringBuilder table = head("family", "model", "aim", "found", "reached");
    for (Aim aim : Aim.ALL)
      pictures.stream().filter(each -> each.name().equals(aim.model())).forEach(each -> table.append(aim.row(each)));
    return table.toString();
  }

  private String texts() {
    StringBuilder table = head("model", "distinct-1", "distinct-2", "self-BLEU", "loops in 100", "refused", "ended itself", "words", "relevance",
        "form kept", "perplexity");
    for (Evidence each : texts)
      table.append(row(List.of("`" + each.model() + "`", each.shown("distinct_1", 3), each.shown("distinct_2", 3), each.shown("self_bleu", 3),
          each.plain("repetition_loops_per_100", 0), "%s of %s".formatted(each.plain("refused", 0), each.plain("samples", 0)),
          each.shown("ended_itself", 3), each.shown("words_an_answer", 1), each.shown("relevance", 3),
          each.shown("constraint_satisfaction", 3), each.shown("perplexity", 0))));
    return table.toString();
  }

  private String voices() {
    StringBuilder table = head("voice", "sentences", "seconds", "level, dBFS", "peak", "silence", "words a second", "at the rate of speech (1.5 to 4.5)");
    for (Evidence each : voices)
      table.append(row(List.of("`" + each.model() + "`", each.plain("samples", 0), each.shown("seconds", 2), each.shown("level_dbfs", 1),
          each.plain("peak", 2), each.shown("silence", 2), each.shown("words_a_second", 2), each.shown("at_the_rate_of_speech", 2))));
    return table.toString();
  }

  private static StringBuilder head(String... columns) {
    return new StringBuilder(row(List.of(columns))).append("|").append(" --- |".repeat(columns.length)).append('\n');
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
