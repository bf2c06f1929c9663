package dev.penstock.generators.models.oneshot;

import static dev.penstock.generators.models.oneshot.LatentInputs.refused;

import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ImageClassifierSection;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.OneShotImageSection.Layout;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.SuperResolutionSection;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.oneshot.Added.Finding;
import dev.penstock.generators.models.oneshot.OneShotImporter.Part;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A graph that takes a picture: it makes it larger, or says what it shows.
final class PicturePart {

  private static final int UINT8 = 2;
  private static final int OPEN_WIDTH = 48;
  private static final int OPEN_HEIGHT = 32;
  private static final OutputRange UNIT = new OutputRange(0, 1);
  private static final List<OutputRange> RANGES = List.of(UNIT, new OutputRange(-1, 1), new OutputRange(0, 255));

  private final OneShotGraph graph;
  private final OneShotSettings settings;
  private final OnnxValueInfo input;
  private final Layout layout;
  private final int channels;
  private final Optional<Integer> height;
  private final Optional<Integer> width;

  private PicturePart(OneShotGraph graph, OneShotSettings settings, OnnxValueInfo input, Layout layout) {
    this.graph = graph;
    this.settings = settings;
    this.input = input;
    this.layout = layout;
    boolean first = layout == Layout.NCHW;
    this.channels = (int) input.dimension(first ? 1 : 3);
    this.height = fixed(input.dimension(first ? 2 : 1));
    this.width = fixed(input.dimension(first ? 3 : 2));
    if (height.isPresent() != width.isPresent() || input.dimension(0) > 1) {
      throw refused(graph.file(), "its input is " + LatentInputs.words(input)
          + "; one picture a run, of any size or of one size, is needed");
    }
  }

  private static Optional<Integer> fixed(long dimension) {
    return dimension > 0 ? Optional.of(Math.toIntExact(dimension)) : Optional.empty();
  }

  /// @return empty if the graph takes no picture, or more than that
  static Optional<PicturePart> of(OneShotGraph graph, OneShotSettings settings) {
    List<OnnxValueInfo> inputs = graph.graph().inputs().stream()
        .filter(info -> !settings.constants().containsKey(info.name())).toList();
    if (inputs.size() != 1 || inputs.getFirst().dimensions().size() != 4 || !settings.latentShape().isEmpty()) {
      return Optional.empty();
    }
    OnnxValueInfo input = inputs.getFirst();
    boolean first = isColour(input.dimension(1));
    boolean last = isColour(input.dimension(3));
    if (!first && !last) {
      return Optional.empty();
    }
    Layout layout = first && last ? settings.layout().orElse(Layout.NCHW) : first ? Layout.NCHW : Layout.NHWC;
    return Optional.of(new PicturePart(graph, settings, input, layout));
  }

  private static boolean isColour(long channels) {
    return channels == 1 || channels == 3;
  }

  Part write(Path draft) throws IOException {
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    String picture = adapted.picture(input);
    settings.constants().forEach((name, value) -> adapted.constant(constant(name), value));
    Map<String, OnnxValueInfo> outputs = new LinkedHashMap<>();
    for (OnnxValueInfo output : graph.outputs(settings)) {
      outputs.put(adapted.output(output, List.of()), output);
    }
    Path trials = Files.createDirectory(draft.resolve("trial"));
    try (OnnxSession session = graph.load(trials.resolve(graph.write(adapted, trials)))) {
      PictureTrial trial = new PictureTrial(session, picture);
      Map<String, long[]> shapes = new LinkedHashMap<>();
      trial.run(UNIT).forEach((name, value) -> shapes.put(name, value.shape()));
      shapes.keySet().retainAll(outputs.keySet());
      for (Map.Entry<String, long[]> each : shapes.entrySet()) {
        Optional<PictureOutput> made = each.getValue().length == 4 ? PictureOutput.of(each.getValue(), Optional.of(layout)) : Optional.empty();
        if (made.isPresent()) {
          return enlarging(draft, trial, each.getKey(), outputs, made.get());
        }
      }
      return classifying(draft, trial, outputs, shapes);
    } finally {
      FileTree.delete(trials);
    }
  }

  private OnnxValueInfo constant(String name) {
    return graph.graph().inputs().stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow(
        () -> refused(graph.file(), "it has no input " + name + ", which constants names; it has "
            + LatentInputs.names(graph.graph().inputs())));
  }

  /// Writes the graph with one output.
  private Written write(Path draft, OnnxValueInfo output) throws IOException {
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    String picture = adapted.picture(input);
    settings.constants().forEach((name, value) -> adapted.constant(constant(name), value));
    String made = adapted.output(output, List.of());
    return new Written(graph.write(adapted, draft), picture, made);
  }

  private record Written(String file, String input, String output) {}

  private Part enlarging(Path draft, PictureTrial trial, String name, Map<String, OnnxValueInfo> outputs, PictureOutput made)
      throws IOException {
    int scale = made.width() / trial.width();
    if (made.channels() != channels || made.layout() != layout || scale < 1
        || made.width() != scale * trial.width() || made.height() != scale * trial.height()) {
      throw refused(graph.file(), "it makes " + made.width() + "x" + made.height() + " with " + made.channels()
          + " channels of " + trial.width() + "x" + trial.height() + " with " + channels
          + "; a picture of the same kind, a whole number of times as large, is needed");
    }
    Ranges ranges = ranges(trial, name, scale);
    Written written = write(draft, outputs.get(name));
    var section = new SuperResolutionSection(written.file(), written.input(), written.output(), layout, channels, scale,
        ranges.in(), ranges.out(), height.orElse(null), width.orElse(null));
    List<Finding> findings = List.of(
        new Finding("scale", scale + " times"),
        new Finding("picture", size() + (channels == 3 ? ", colour, " : ", one channel at a time, ") + layout),
        new Finding("range", said(ranges.in()) + " in, " + said(ranges.out()) + " out" + ranges.because()));
    return new Part(section, Modality.IMAGE, new ModelParameters(Map.of()), "Makes pictures " + scale + " times larger.", findings);
  }

  private record Ranges(OutputRange in, OutputRange out, String because) {}

  /// The ranges under which the enlarged picture looks most like the picture.
  private Ranges ranges(PictureTrial trial, String output, int scale) {
    if (settings.inputRange().isPresent() && settings.outputRange().isPresent()) {
      return new Ranges(settings.inputRange().get(), settings.outputRange().get(), "");
    }
    List<OutputRange> ins = settings.inputRange().map(List::of)
        .orElse(input.elementType() == UINT8 ? List.of(RANGES.getLast()) : RANGES);
    List<OutputRange> outs = settings.outputRange().map(List::of).orElse(RANGES);
    Ranges best = null;
    double least = Double.POSITIVE_INFINITY;
    for (OutputRange in : ins) {
      OnnxValue made = trial.run(in).get(output);
      for (OutputRange out : outs) {
        double error = made == null ? Double.POSITIVE_INFINITY : trial.difference(made.floats(), out, scale);
        if (best == null || error < least) {
          least = error;
          best = new Ranges(in, out, String.format(java.util.Locale.ROOT,
              ", as the result is then most like the picture (mean difference %.3f)", Math.sqrt(error)));
        }
      }
    }
    return best == null ? new Ranges(UNIT, UNIT, "") : best;
  }

  private Part classifying(Path draft, PictureTrial trial, Map<String, OnnxValueInfo> outputs, Map<String, long[]> shapes)
      throws IOException {
    List<String> scores = shapes.entrySet().stream()
        .filter(each -> each.getValue().length == 2 && each.getValue()[0] == 1 && each.getValue()[1] > 1).map(Map.Entry::getKey).toList();
    if (scores.size() != 1) {
      throw refused(graph.file(), "it takes a picture and makes " + LatentInputs.names(List.copyOf(outputs.values()))
          + "; one output with a picture or with a score a label is needed, or the one to take named as output");
    }
    String name = scores.getFirst();
    int count = (int) shapes.get(name)[1];
    if (settings.labels().size() != count) {
      throw refused(graph.file(), "it gives " + count + " scores in its output " + name + ", and labels names "
          + settings.labels().size() + "; name all");
    }
    if (height.isEmpty()) {
      throw refused(graph.file(), "its input " + LatentInputs.words(input) + " leaves its size open; classifiers of one size can be added");
    }
    boolean softmax = !areProbabilities(trial.run(settings.inputRange().orElse(UNIT)), name);
    Written written = write(draft, outputs.get(name));
    OutputRange range = settings.inputRange().orElse(input.elementType() == UINT8 ? RANGES.getLast() : UNIT);
    double deviation = 1 / (range.high() - range.low());
    List<Double> means = settings.mean().isEmpty() ? Collections.nCopies(channels, 0 - range.low() * deviation) : settings.mean();
    List<Double> deviations = settings.deviation().isEmpty() ? Collections.nCopies(channels, deviation) : settings.deviation();
    var section = new ImageClassifierSection(written.file(), written.input(), written.output(), layout, channels,
        height.orElseThrow(), width.orElseThrow(), means, deviations, softmax, settings.labels());
    boolean assumed = settings.inputRange().isEmpty() && settings.mean().isEmpty() && input.elementType() != UINT8;
    List<Finding> findings = List.of(
        new Finding("labels", count + " in the output " + name + (softmax ? ", to be normalised (softmax)" : ", probabilities already")),
        new Finding("picture", size() + (channels == 3 ? ", colour, " : ", grey, ") + layout),
        new Finding("range", settings.mean().isEmpty() ? said(range) + (assumed ? ", assumed; say inputRange, or mean and deviation, if not so" : "")
            : "mean " + means + ", deviation " + deviations));
    return new Part(section, Modality.TEXT, new ModelParameters(Map.of()),
        "Says which of " + settings.labels().stream().limit(5).collect(Collectors.joining(", ")) + " a picture shows.", findings);
  }

  private static boolean areProbabilities(Map<String, OnnxValue> outputs, String name) {
    OnnxValue value = outputs.get(name);
    if (value == null) {
      return false;
    }
    FloatBuffer scores = value.floats();
    boolean inside = true;
    for (int i = 0; i < scores.remaining(); i++) {
      inside &= scores.get(i) >= 0 && scores.get(i) <= 1;
    }
    return inside;
  }

  private String size() {
    return width.map(fixed -> fixed + "x" + height.orElseThrow()).orElse("of any size");
  }

  private static String said(OutputRange range) {
    return range.low() + " to " + range.high();
  }

  /// Runs of the graph with a picture of soft colours and a few edges.
  private final class PictureTrial {

    private final OnnxSession session;
    private final String name;

    PictureTrial(OnnxSession session, String name) {
      this.session = session;
      this.name = name;
    }

    int width() {
      return width.orElse(OPEN_WIDTH);
    }

    int height() {
      return height.orElse(OPEN_HEIGHT);
    }

    private double value(int c, int x, int y) {
      double wave = 0.5 + 0.4 * Math.sin(0.21 * x + 0.5 * c) * Math.cos(0.17 * y - 0.3 * c);
      return x > width() / 2 && y > height() / 2 ? 0.8 * wave : wave;
    }

    private int at(int scale, int c, int x, int y) {
      int w = width() * scale;
      return layout == Layout.NCHW ? (c * height() * scale + y) * w + x : (y * w + x) * channels + c;
    }

    Map<String, OnnxValue> run(OutputRange range) {
      FloatBuffer pixels = OnnxValue.allocateFloats(channels * width() * height());
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < height(); y++) {
          for (int x = 0; x < width(); x++) {
            pixels.put(at(1, c, x, y), (float) (range.low() + value(c, x, y) * (range.high() - range.low())));
          }
        }
      }
      long[] shape = layout == Layout.NCHW
          ? new long[] {1, channels, height(), width()} : new long[] {1, height(), width(), channels};
      try (OnnxValue value = OnnxValue.of(pixels, shape)) {
        return session.run(Map.of(name, value));
      } catch (InferenceException failed) {
        throw refused(graph.file(), "it does not run: " + String.valueOf(failed.getMessage()).lines().findFirst().orElse(""));
      }
    }

    /// Mean square of the difference between the picture and the enlarged one, made small again by means.
    double difference(FloatBuffer made, OutputRange range, int scale) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < height(); y++) {
          for (int x = 0; x < width(); x++) {
            double mean = 0;
            for (int dy = 0; dy < scale; dy++) {
              for (int dx = 0; dx < scale; dx++) {
                mean += made.get(at(scale, c, x * scale + dx, y * scale + dy));
              }
            }
            double difference = (mean / (scale * scale) - range.low()) / (range.high() - range.low()) - value(c, x, y);
            sum += difference * difference;
          }
        }
      }
      return sum / ((double) channels * width() * height());
    }
  }
}
