package dev.penstock.generators.models.oneshot;

import static dev.penstock.generators.models.oneshot.LatentInputs.refused;

import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.ParameterSpec;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import dev.penstock.generators.models.oneshot.Added.Finding;
import dev.penstock.generators.models.oneshot.LatentInputs.Label;
import dev.penstock.generators.models.oneshot.OneShotImporter.Part;
import dev.penstock.generators.models.oneshot.PictureOutput.Range;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A graph that draws pictures: GAN, or decoder of a VAE.
final class GeneratorPart {

  private final OneShotGraph graph;
  private final OneShotSettings settings;
  private final LatentInputs inputs;
  private final List<String> labels;
  private final int firstLabel;
  private final List<Finding> findings = new ArrayList<>();

  /// @throws dev.penstock.generators.models.ModelImportException its inputs cannot be understood
  GeneratorPart(OneShotGraph graph, OneShotSettings settings) {
    this.graph = graph;
    this.settings = settings;
    this.inputs = LatentInputs.of(graph.file(), graph.graph(), settings);
    this.firstLabel = settings.firstLabel().orElse(0);
    this.labels = inputs.label().map(this::labels).orElse(List.of());
  }

  private List<String> labels(Label label) {
    int classes = label.classes();
    if (settings.labels().isEmpty() && classes == 0) {
      throw refused(graph.file(), "its input " + LatentInputs.words(label.info())
          + " takes the number of a class; name the classes under labels");
    }
    if (settings.labels().isEmpty()) {
      return IntStream.range(0, classes).mapToObj(i -> "class-" + i).toList();
    }
    int named = settings.labels().size();
    boolean fits = settings.firstLabel().isPresent() ? firstLabel + named <= classes : named == classes;
    if (classes > 0 && !fits) {
      throw refused(graph.file(), "its input " + LatentInputs.words(label.info()) + " takes one of " + classes
          + " classes, labels names " + named + (settings.firstLabel().isPresent() ? " from " + firstLabel + " on" : "")
          + "; name all, or say as firstLabel which class the first of them is");
    }
    return settings.labels();
  }

  Part write(Path draft) throws IOException {
    Path trials = Files.createDirectory(draft.resolve("trial"));
    Trial tried;
    try {
      tried = attempt(trials);
    } finally {
      dev.penstock.generators.models.FileTree.delete(trials);
    }
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    Fed fed = feed(adapted);
    String output = adapted.output(tried.output, tried.picture.row());
    String name = graph.write(adapted, draft);
    tell(tried);
    OneShotImageSection section = new OneShotImageSection(name, inputs.latentSize(), settings.latent(), fed.latent,
        fed.label.orElse(null), output, tried.range, tried.picture.layout(), labels,
        labels.stream().map(label -> "a picture of " + label.replaceAll("[_-]", " ")).toList())
        .withBatch(tried.batch.orElse(null));
    String size = tried.picture.width() + "x" + tried.picture.height();
    return new Part(section, Modality.IMAGE, parameters(tried.picture), "Draws pictures of " + size + " pixels in one run.", findings);
  }

  private record Fed(String latent, Optional<String> label) {}

  private record Trial(OnnxValueInfo output, PictureOutput picture, OutputRange range, Optional<Integer> batch) {}

  private Fed feed(AdaptedGraph adapted) {
    String latent = adapted.latent(inputs.latents(), inputs.latentSize());
    Optional<String> label = inputs.label().map(found -> adapted.label(found, labels.size(), firstLabel));
    inputs.constants().forEach(info -> adapted.constant(info, settings.constants().get(info.name())));
    return new Fed(latent, label);
  }

  /// Runs the graph with all outputs that may be pictures.
  private Trial attempt(Path folder) throws IOException {
    AdaptedGraph adapted = new AdaptedGraph(graph.graph());
    Fed fed = feed(adapted);
    Map<String, OnnxValueInfo> names = new LinkedHashMap<>();
    for (OnnxValueInfo info : graph.outputs(settings)) {
      names.put(adapted.output(info, List.of()), info);
    }
    String file = graph.write(adapted, folder);
    try (OnnxSession session = graph.load(folder.resolve(file))) {
      var trial = new GeneratorTrial(graph.file(), session, settings.latent(), fed.latent, inputs.latentSize(), fed.label,
          Math.max(1, labels.size()));
      GeneratorTrial.Made made = trial.make(inputs.latents().getFirst().info().dimension(0));
      return found(names, made);
    }
  }

  private Trial found(Map<String, OnnxValueInfo> names, GeneratorTrial.Made made) {
    for (Map.Entry<String, OnnxValueInfo> name : names.entrySet()) {
      OnnxValue value = made.outputs().get(name.getKey());
      Optional<PictureOutput> picture = value == null ? Optional.empty() : PictureOutput.of(value.shape(), settings.layout());
      if (value != null && picture.isPresent()) {
        checkLayout(picture.get());
        Range range = PictureOutput.range(graph.graph(), name.getValue().name(), value);
        findings.add(new Finding("range", said(settings.outputRange().orElse(range.range()))
            + (settings.outputRange().isPresent() ? "" : ", as " + range.because())));
        return new Trial(name.getValue(), picture.get(), settings.outputRange().orElse(range.range()), made.batch());
      }
    }
    throw refused(graph.file(), "none of its outputs is a grey or colour picture; it makes " + made.outputs().values().stream()
        .map(OnnxValue::toString).collect(Collectors.joining(", ")));
  }

  private void checkLayout(PictureOutput picture) {
    if (settings.layout().isPresent() && settings.layout().get() != picture.layout()) {
      throw refused(graph.file(), "layout is " + settings.layout().get() + " and the graph makes " + picture.layout());
    }
  }

  private static String said(OutputRange range) {
    return range.low() + " to " + range.high();
  }

  private void tell(Trial tried) {
    String shapes = inputs.latents().stream().map(latent -> latent.info().name() + " " + latent.shape())
        .collect(Collectors.joining(", "));
    findings.addFirst(new Finding("latent", shapes + ", " + settings.latent().word()));
    inputs.label().ifPresent(label -> findings.add(1, new Finding("classes", labels.size() + ", in the input "
        + label.info().name() + (label.classes() > 0 ? " as one of " + label.classes() + " (one-hot)" : " as a number"))));
    PictureOutput picture = tried.picture;
    findings.add(new Finding("picture", picture.width() + "x" + picture.height() + (picture.channels() == 1 ? " grey" : " colour")
        + ", " + (picture.row().isEmpty() ? picture.layout() : "a row of numbers brought into " + picture.layout())
        + ", in the output " + tried.output.name()));
    findings.add(new Finding("batch", tried.batch.map(rows -> "always " + rows).orElse("any")));
  }

  private ModelParameters parameters(PictureOutput picture) {
    Map<String, ParameterSpec> specs = new LinkedHashMap<>();
    if (!labels.isEmpty()) {
      specs.put("class", new StringParameter(labels, null, "what to draw; left out, the prompt's words decide"));
    }
    specs.put("truncation", new NumberParameter(0.1, 1.5, 1.0, "scale of the latent: less is more typical, more is more varied"));
    int longer = Math.max(picture.width(), picture.height());
    int most = Math.max(1024, longer);
    specs.put("size", new IntegerParameter(Math.min(16, longer), most, (long) Math.min(most, longer < 256 ? longer * (280 / longer) : longer),
        "longer side of the picture in pixels"));
    return new ModelParameters(specs);
  }
}
