package dev.penstock.bench.evaluation;

import dev.penstock.bench.evaluation.judge.Judge;
import dev.penstock.bench.evaluation.judge.RealPictures;
import dev.penstock.bench.evaluation.judge.Seen;
import dev.penstock.bench.evaluation.metrics.Bootstrap;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.bench.evaluation.report.BarPlot;
import dev.penstock.bench.evaluation.report.ContactSheet;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.runtime.cli.ProgressBar;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Looks at pictures with a judge: beside real ones, beside a Gaussian on principal components, beside a bundled VAE.
final class PictureEvaluation {

  private static final int SHOWN = 60;
  private static final List<String> COMPARED =
      List.of("frechet", "accuracy", "precision", "recall", "density", "coverage", "diversity", "nearest_train_ratio");

  private final Judge judge;
  private final ProgressBar bar;
  private final int count;
  private final @Nullable Integer side;

  /// @param side that the network draws, or null if the manifest is to say
  PictureEvaluation(Judge judge, int count, @Nullable Integer side, ProgressBar bar) {
    this.judge = judge;
    this.count = count;
    this.side = side;
    this.bar = bar;
  }

  /// @param vae the second baseline, or null if there is none for this judge
  Evaluation of(ModelFolder model, @Nullable ModelFolder vae) throws IOException {
    Evaluation evaluation = new Evaluation(
        "%s %s, digest %s".formatted(model.manifest().name(), model.manifest().version(), model.digest().substring(0, 16)));
    Samples samples = Samples.draw(model, judge, count, side, bar);
    bar.at("judging", 0, 0);
    Seen seen = judge.look(samples.pictures());
    String main = samples.kinds().getFirst();
    Samples trained = samples.of(main);
    RealPictures real = judge.real(samples.side());
    Comparison comparison = new Comparison(real, trained.count());

    Map<String, Map<String, Interval>> sets = new LinkedHashMap<>();
    sets.put("", comparison.of(judge.look(trained.pictures()), trained.asked()));
    sets.put("real", comparison.of(real.test(), real.testLabels()));
    sets.put("gaussian", comparison.of(real.baseline(), real.baselineAsked()));
    if (vae != null) {
      Samples drawn = Samples.draw(vae, judge, trained.count(), null, bar);
      sets.put("vae", comparison.of(judge.look(drawn.pictures()), drawn.asked()));
    }
    compare(evaluation, sets);
    if (judge.parts().size() > 1 && samples.asked()[0].length > 1) attributes(evaluation, samples, seen);
    byObject(evaluation, samples, seen);
    notes(evaluation, trained, real);
    sheets(evaluation, samples, real);
    return evaluation;
  }

  private static void compare(Evaluation evaluation, Map<String, Map<String, Interval>> sets) {
    for (String figure : COMPARED) {
      List<BarPlot.Bar> bars = new ArrayList<>();
      sets.forEach((set, figures) -> {
        Interval value = figures.get(figure);
        evaluation.put(nameOf(figure, set), value);
        bars.add(new BarPlot.Bar(labelOf(set), value, set.isEmpty()));
      });
      evaluation.plot(new BarPlot(figure.replace('_', ' '), bars));
    }
    double floor = evaluation.figures().get("frechet_floor").value();
    evaluation.put("frechet_ratio", evaluation.figures().get("frechet").value() / Math.max(1e-12, floor));
  }

  private static String nameOf(String figure, String set) {
    if (set.isEmpty()) return figure;
    return figure.equals("frechet") && set.equals("real") ? "frechet_floor" : figure + "_" + set;
  }

  private static String labelOf(String set) {
    if (set.isEmpty()) return "this model";
    return set.equals("real") ? "real test pictures" : "baseline: " + set;
  }

  /// Each part of each kind of caption, and together.
  private void attributes(Evaluation evaluation, Samples samples, Seen seen) {
    for (String kind : samples.kinds().stream().distinct().toList()) {
      List<BarPlot.Bar> bars = new ArrayList<>();
      boolean[] three = ofKind(samples, kind);
      boolean[] four = three.clone();
      int parts = 0;
      for (int part = 0; part < judge.parts().size(); part++) {
        if (samples.asked()[0][part] == Samples.NOT_ASKED) continue;
        parts++;
        boolean[] right = Comparison.right(seen, samples.asked(), part);
        for (int i = 0; i < right.length; i++) {
          four[i] &= right[i];
          if (part < 3) three[i] &= right[i];
        }
        bars.add(add(evaluation, kind, judge.parts().get(part), samples, right));
      }
      if (parts == judge.parts().size()) bars.add(add(evaluation, kind, "object_colour_background", samples, three));
      bars.add(add(evaluation, kind, parts == judge.parts().size() ? "all_four" : "all_asked", samples, four));
      evaluation.plot(new BarPlot("captions: " + kind, bars));
    }
  }

  private static BarPlot.Bar add(Evaluation evaluation, String kind, String part, Samples samples, boolean[] right) {
    boolean[] of = ofKind(samples, kind);
    List<Boolean> chosen = new ArrayList<>();
    for (int i = 0; i < of.length; i++) if (of[i]) chosen.add(right[i]);
    boolean[] values = new boolean[chosen.size()];
    for (int i = 0; i < values.length; i++) values[i] = chosen.get(i);
    Interval share = Bootstrap.share(values);
    evaluation.put(kind.replace('-', '_') + "_" + part, share);
    return new BarPlot.Bar(part.replace('_', ' '), share, true);
  }

  private static boolean[] ofKind(Samples samples, String kind) {
    boolean[] of = new boolean[samples.count()];
    for (int i = 0; i < of.length; i++) of[i] = samples.kinds().get(i).equals(kind);
    return of;
  }

  private void byObject(Evaluation evaluation, Samples samples, Seen seen) {
    boolean[] right = Comparison.right(seen, samples.asked(), 0);
    List<BarPlot.Bar> bars = new ArrayList<>();
    for (int object = 0; object < judge.objects().size(); object++) {
      int number = object;
      int[] rows = IntStream.range(0, right.length).filter(i -> samples.asked()[i][0] == number).toArray();
      if (rows.length == 0) continue;
      boolean[] of = new boolean[rows.length];
      for (int i = 0; i < rows.length; i++) of[i] = right[rows[i]];
      bars.add(new BarPlot.Bar(judge.objects().get(object), Bootstrap.share(of), true));
    }
    evaluation.plot(new BarPlot("the object asked for is seen", bars));
  }

  private void notes(Evaluation evaluation, Samples trained, RealPictures real) {
    evaluation.put("samples", trained.count());
    evaluation.put("side", trained.side());
    evaluation.judgedBy(judge.identity());
    evaluation.note("Judge: " + judge.title() + ".");
    evaluation.note(
        "%,d pictures of %d pixels, seeds in turn, none picked; beside them as many of %,d real training and %,d test pictures."
            .formatted(trained.count(), trained.side(), real.train().count(), real.test().count()));
    evaluation.note(
        "Intervals: 95%, bootstrap over the generated pictures. Baselines: a Gaussian on 32 principal components of each class's"
            + " pixels, drawn by the judge's recipe; the bundled VAE where it draws the same things.");
    evaluation.note(
        "The nearest training picture is looked for among as many real training pictures as there are test pictures, so a copy of"
            + " one that is not among them goes unseen.");
  }

  private void sheets(Evaluation evaluation, Samples samples, RealPictures real) {
    for (String kind : samples.kinds().stream().distinct().toList()) {
      Samples of = samples.of(kind);
      int shown = Math.min(SHOWN, of.count());
      evaluation.sheet(new ContactSheet(
          "Samples as they came" + (kind.equals("class") ? "" : ", captions: " + kind),
          of.words().subList(0, shown),
          of.pictures().subList(0, shown).stream().map(p -> p.image()).toList()));
    }
    evaluation.sheet(sheet("Real pictures", real.samples().stream().map(p -> p.withSide(samples.side()).image()).toList()));
    evaluation.sheet(sheet("Baseline: a Gaussian of each class", real.baselineSamples().stream().map(p -> p.image()).toList()));
  }

  private static ContactSheet sheet(String title, List<BufferedImage> images) {
    String[] none = new String[images.size()];
    Arrays.fill(none, "");
    return new ContactSheet(title, List.of(none), images);
  }
}
