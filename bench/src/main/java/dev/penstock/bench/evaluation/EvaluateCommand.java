package dev.penstock.bench.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.bench.Machine;
import dev.penstock.bench.evaluation.judge.Judge;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.bench.evaluation.report.EvaluationPage;
import dev.penstock.bench.sampling.AdvertisingBriefs;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock evaluate MODEL`.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures how good what a model makes is, on samples that nobody picked, with 95%% intervals.",
    footer = {
      "",
      "Pictures are looked at by a judge of models/judges: Fréchet distance on its",
      "features beside that of real pictures, precision, recall, density, coverage,",
      "whether what was asked for is seen, diversity, memorisation. Texts are counted:",
      "distinct words, self-BLEU, loops, form kept, perplexity under another model.",
      "Speech: length, level, words a second, silence. docs/evaluation.md says how.",
      "",
      "Example: penstock evaluate fashion-cvae --html report.html --json figures.json"
    })
public final class EvaluateCommand implements PenstockCommand {

  private static final int PICTURES = 2_000;
  private static final int CAPTIONS = 200;
  private static final String VAE = "fashion-cvae";
  private static final String READER = "smollm2-135m-instruct";
  private static final String OTHER_READER = "tiny-copywriter";

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
  String name = "";

  @Option(names = "--version-of-model", paramLabel = "VERSION", description = "Which version of it (default: the newest).")
  @Nullable String version;

  @Option(names = "--against", paramLabel = "VERSION", description = "Another version of it, measured beside.")
  @Nullable String against;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Pictures (default 2,000; of captions 200 of each kind), or briefs (100).")
  @Nullable Integer count;

  @Option(
      names = "--judge",
      paramLabel = "NAME",
      description = "Judge of pictures (default: the first word of the model's name).")
  @Nullable String judge;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description = "Side of the network's own pictures, where the manifest does not say it.")
  @Nullable Integer side;

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description = "Briefs for a language model, or sentences for a voice, one a line.")
  @Nullable Path prompts;

  @Option(names = "--models", paramLabel = "DIR", description = "A further folder of models, searched first.")
  List<Path> models = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Where to write {\"figure\": number}.")
  @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Where to write a page with plots and samples.")
  @Nullable Path html;

  @Override
  public Integer call() throws Exception {
    if (count != null && (count < 20 || count > 20_000))
      throw new UserError("--count is " + count + "; 20 to 20,000 are allowed.");
    String machine = Machine.describe();
    System.out.println(machine);
    ModelFolder model = find(name, version);
    ModelFolder other = against == null ? null : find(name, against);
    if (other != null && other.digest().equals(model.digest()))
      throw new UserError(
          "--against %s is what would be evaluated, %s; name the other one with --version-of-model, and its folder with --models."
              .formatted(against, model.path()));
    Evaluation first = evaluate(model);
    print(first);
    Evaluation second = other == null ? null : evaluate(other);
    if (second != null) printBeside(first, second);
    if (json != null) Files.writeString(json, flat(first, second));
    if (html != null) Files.writeString(html, page(machine, first, second));
    return 0;
  }

  private ModelFolder find(String wanted, @Nullable String ofVersion) {
    ModelRepository repository = ModelRepository.of(models, System.getenv());
    try {
      return ofVersion == null ? repository.newest(wanted) : repository.find(wanted, ofVersion);
    } catch (ModelException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private Evaluation evaluate(ModelFolder model) throws IOException {
    switch (model.manifest().family()) {
      case TOKEN_CLASSIFICATION, SUPER_RESOLUTION, IMAGE_CLASSIFIER, VIDEO ->
          throw new UserError(
              "The model %s is of the family %s; generators of text, pictures and speech can be evaluated."
                  .formatted(name, model.manifest().family().word()));
      case LANGUAGE_MODEL, ONE_SHOT_IMAGE, DIFFUSION, VQ_IMAGE, SPEECH -> {}
    }
    try (ProgressBar bar = new ProgressBar(System.err)) {
      Modality modality = model.manifest().modality();
      if (modality == Modality.TEXT) return ofText(model, bar);
      if (modality == Modality.IMAGE) return ofPictures(model, bar);
      if (modality == Modality.AUDIO) return new SpeechEvaluation(briefs(), bar).of(model);
      throw new UserError("The model " + name + " makes " + modality.word() + "; text, images and speech can be evaluated.");
    }
  }

  private Evaluation ofText(ModelFolder model, ProgressBar bar) throws IOException {
    String reader = model.manifest().name().equals(READER) ? OTHER_READER : READER;
    return new TextEvaluation(briefs(), bar).of(model, find(reader, null));
  }

  private List<String> briefs() throws IOException {
    List<String> briefs =
        prompts == null
            ? AdvertisingBriefs.heldOut()
            : Files.readAllLines(prompts).stream().filter(line -> !line.isBlank()).toList();
    if (briefs.size() < 2) throw new UserError("--prompts " + prompts + " has fewer than 2 lines; an evaluation needs more.");
    return briefs.subList(0, Math.min(briefs.size(), count == null ? briefs.size() : count));
  }

  private Evaluation ofPictures(ModelFolder model, ProgressBar bar) throws IOException {
    Path judges = judges();
    String wanted = judge == null ? model.manifest().name().replaceFirst("-.*", "") : judge;
    if (!Judge.names(judges).contains(wanted))
      throw new UserError(
          "There is no judge %s for the pictures of %s; --judge takes %s."
              .formatted(wanted, name, String.join(", ", Judge.names(judges))));
    int pictures = count != null ? count : Samples.classes(model.manifest()).isEmpty() ? CAPTIONS : PICTURES;
    try (Judge looking = Judge.open(judges.resolve(wanted))) {
      boolean beside = looking.name().equals("fashion") && !model.manifest().name().equals(VAE);
      return new PictureEvaluation(looking, pictures, side, bar).of(model, beside ? find(VAE, null) : null);
    }
  }

  /// Beside the bundled models.
  public static Path judges() {
    String home = System.getenv("PENSTOCK_HOME");
    return Path.of(home == null ? "." : home, "models", "judges");
  }

  private static void print(Evaluation evaluation) {
    System.out.println();
    System.out.println(evaluation.title());
    for (String note : evaluation.notes()) System.out.println("  " + note);
    System.out.println();
    evaluation.figures()
        .forEach((figure, v) -> System.out.printf(Locale.ROOT, "%-40s %10.4f%s%n", figure, v.value(), range(v)));
  }

  private static String range(Interval v) {
    return v.low() == v.high() ? "" : String.format(Locale.ROOT, "   %.4f to %.4f", v.low(), v.high());
  }

  private static void printBeside(Evaluation first, Evaluation second) {
    System.out.println();
    System.out.println(first.title() + " beside " + second.title());
    System.out.println("  figures of both, where they are not the same; baselines and real pictures are");
    System.out.println();
    first.figures().forEach((figure, v) -> {
      Interval other = second.figures().get(figure);
      if (other == null || other.equals(v)) return;
      System.out.printf(Locale.ROOT, "%-40s %10.4f %10.4f   %s%n", figure, v.value(), other.value(), apart(v, other));
    });
  }

  static String apart(Interval first, Interval second) {
    if (first.low() == first.high() && second.low() == second.high()) return "";
    return first.low() > second.high() || first.high() < second.low() ? "apart" : "intervals overlap";
  }

  static String flat(Evaluation first, @Nullable Evaluation second) throws IOException {
    Map<String, Object> flat = new LinkedHashMap<>();
    flat.put("model", first.title());
    if (!first.judge().isEmpty()) flat.put("judge", first.judge());
    add(flat, "", first);
    if (second != null) flat.put("against", second.title());
    if (second != null) add(flat, "against_", second);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(flat) + "\n";
  }

  private static void add(Map<String, Object> flat, String prefix, Evaluation evaluation) {
    evaluation.figures().forEach((figure, v) -> {
      flat.put(prefix + figure, rounded(v.value()));
      if (v.low() == v.high()) return;
      flat.put(prefix + figure + "_low", rounded(v.low()));
      flat.put(prefix + figure + "_high", rounded(v.high()));
    });
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  static String page(String machine, Evaluation first, @Nullable Evaluation second) {
    EvaluationPage page = new EvaluationPage("penstock evaluate " + first.title(), machine);
    for (Evaluation each : second == null ? List.of(first) : List.of(first, second))
      page.section(each.title(), each.notes())
          .plots(each.plots())
          .sheets(each.sheets())
          .texts(each.texts())
          .figures(each.figures());
    return page.finished();
  }
}
