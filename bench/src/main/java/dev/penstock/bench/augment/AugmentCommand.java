package dev.penstock.bench.augment;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.bench.augment.StreamDraw.Wish;
import dev.penstock.bench.evaluation.EvaluateCommand;
import dev.penstock.bench.evaluation.Samples;
import dev.penstock.bench.evaluation.judge.Judge;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.ProgressBar;
import dev.penstock.runtime.cli.SettingsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock augment`.
@Command(
    name = "augment",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a labelled set of pictures through the stream: labels.csv and a folder of pictures for each label.",
      "",
      "Run again, it goes on where it was cut off; the same seed is the same picture. --report trains a small classifier "
          + "on the real pictures beside a judge, with the set and without it, and says whether it helps."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock augment --model fashion-cvae --label sneaker --count 1000 --out sneakers",
      "  penstock augment --model fashion-cvae --label all --count 300 --out clothes --report",
      "  penstock augment --model product-diffusion --label mug --text \"a picture of a {label}\" --count 200 --out mugs",
    })
public final class AugmentCommand implements PenstockCommand {

  private static final String EVERY = "all";
  private static final String PLACE = "{label}";
  private static final String SIZE = "size";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST = 1_000_000;

  @Option(names = "--model", required = true, paramLabel = "NAME", description = "Which model draws.")
  String model = "";

  @Option(
      names = "--label",
      required = true,
      paramLabel = "WORD",
      description = "What to draw; all for every class of the model. Repeatable.")
  List<String> labels = List.of();

  @Option(names = "--count", required = true, paramLabel = "N", description = "Pictures of each label.")
  int count;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where they go.")
  Path out = Path.of("");

  @Option(
      names = "--text",
      paramLabel = "TEMPLATE",
      defaultValue = PLACE,
      description = "The prompt, with {label} for the label. Default: ${DEFAULT-VALUE}.")
  String text = PLACE;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of the model. Repeatable.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--first-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the first picture of a label; each has the next. Default: ${DEFAULT-VALUE}.")
  long firstSeed = 1;

  @Option(names = "--report", description = "Train a classifier with and without the set, and write report.json beside it.")
  boolean report;

  @Option(
      names = "--judge",
      paramLabel = "NAME",
      description = "Whose real pictures the report uses (default: the first word of the model's name).")
  @Nullable String judge;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Override
  public Integer call() throws Exception {
    if (count < 1 || count > MOST) throw new UserError("--count is %d; 1 to %,d are allowed.".formatted(count, MOST));
    if (!text.contains(PLACE))
      throw new UserError("--text is '" + text + "'; it must name " + PLACE + " where the label goes.");
    ModelManifest manifest = manifest();
    List<String> wanted = wanted(Samples.classes(manifest));
    LabelledFolder folder = LabelledFolder.open(out);
    List<Wish> missing = new ArrayList<>();
    for (String label : wanted) missing.addAll(missing(label, folder, manifest));
    try (ProgressBar bar = new ProgressBar(System.err)) {
      if (!missing.isEmpty()) {
        Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
        cluster.use(
            () -> {
              new StreamDraw(cluster, folder, PATIENCE).draw(model, missing, bar);
              return true;
            });
      }
      System.out.printf("%,d pictures in %s, %,d of them new%n", folder.entries().size(), out, missing.size());
      if (report) report(folder, bar);
    }
    return 0;
  }

  private ModelManifest manifest() {
    try {
      return ModelRepository.of(List.of(), System.getenv()).find(model).manifest();
    } catch (ModelException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> wanted(List<String> classes) {
    if (labels.contains(EVERY)) {
      if (classes.isEmpty())
        throw new UserError("The model " + model + " draws from words and has no classes; name each label.");
      return classes;
    }
    for (String label : labels) {
      if (!classes.isEmpty() && !classes.contains(label))
        throw new UserError(
            "--label %s is no class of %s; allowed are %s, and all.".formatted(label, model, String.join(", ", classes)));
      if (!label.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,63}"))
        throw new UserError(
            "--label '" + label + "' names a folder; letters, digits, spaces, - and _ are allowed, 64 at most.");
    }
    return labels;
  }

  /// The native size, so that a set is as small as it can be: the smallest that may be asked for, unless one is given.
  private List<Wish> missing(String label, LabelledFolder folder, ModelManifest manifest) {
    Map<String, String> given = new HashMap<>(parameters);
    if (manifest.parameters().specs().containsKey("class")) given.put("class", label);
    if (manifest.parameters().specs().get(SIZE) instanceof IntegerParameter size
        && manifest.parameters().specs().containsKey("class")) given.putIfAbsent(SIZE, Long.toString(size.minimum()));
    Set<Long> there = folder.seeds(label);
    List<Wish> missing = new ArrayList<>();
    for (long seed = firstSeed; seed < firstSeed + count; seed++)
      if (!there.contains(seed)) missing.add(new Wish(label, seed, text.replace(PLACE, label), given));
    return missing;
  }

  private void report(LabelledFolder folder, ProgressBar bar) throws IOException {
    String wanted = judge == null ? model.replaceFirst("-.*", "") : judge;
    List<String> names = Judge.names(EvaluateCommand.judges());
    if (!names.contains(wanted))
      throw new UserError(
          "There is no judge %s with real pictures; --judge takes %s.".formatted(wanted, String.join(", ", names)));
    Map<String, Interval> figures;
    try (Judge looking = Judge.open(EvaluateCommand.judges().resolve(wanted))) {
      figures = AugmentationReport.of(folder, looking, bar);
    }
    figures.forEach((name, v) -> System.out.printf(Locale.ROOT, "%-42s %10.4f%s%n", name, v.value(),
        v.low() == v.high() ? "" : String.format(Locale.ROOT, "   %.4f to %.4f", v.low(), v.high())));
    for (String real : List.of("all", "tenth")) System.out.println(verdict(real, figures));
    Map<String, Double> flat = new LinkedHashMap<>();
    figures.forEach((name, v) -> {
      flat.put(name, v.value());
      if (v.low() != v.high()) flat.put(name + "_low", v.low());
      if (v.low() != v.high()) flat.put(name + "_high", v.high());
    });
    String json = JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(flat);
    Files.writeString(out.resolve("report.json"), json + "\n");
  }

  private static String verdict(String real, Map<String, Interval> figures) {
    Interval gain = figures.getOrDefault("accuracy_" + real + "_gain", Interval.exactly(0));
    String says = gain.low() > 0 ? "it helps" : gain.high() < 0 ? "it harms" : "no difference that can be told from chance";
    return "With %.0f real pictures: %s.".formatted(figures.getOrDefault("real_" + real, Interval.exactly(0)).value(), says);
  }
}
