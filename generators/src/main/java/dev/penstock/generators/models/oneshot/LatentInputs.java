package dev.penstock.generators.models.oneshot;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a generator's inputs stand for.
///
/// @param latents   drawn by the seed, in the graph's order; at least one
/// @param label     takes the class, if the model has classes
/// @param constants always the same number
record LatentInputs(List<Latent> latents, Optional<Label> label, List<OnnxValueInfo> constants) {

  static final int FLOAT32 = 1;
  static final int FLOAT16 = 10;
  static final int FLOAT64 = 11;
  static final Set<Integer> FLOATS = Set.of(FLOAT32, FLOAT16, FLOAT64);
  static final Set<Integer> WHOLE = Set.of(6, 7);
  private static final Pattern LABEL = Pattern.compile("(^|.*[^a-z])(labels?|class(es)?|class_?ids?|cond(ition)?|one_?hot|categor(y|ies)|y)([^a-z].*|$)");

  /// @param shape of one row, without the batch
  record Latent(OnnxValueInfo info, List<Integer> shape) {
    int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /// @param classes how many there are: the width of a one-hot input; 0: the input takes the class's number
  record Label(OnnxValueInfo info, int classes) {}

  LatentInputs {
    latents = List.copyOf(latents);
    constants = List.copyOf(constants);
  }

  /// @throws ModelImportException names the input that cannot be understood, and what to say of it
  static LatentInputs of(Path file, OnnxGraph graph, OneShotSettings settings) {
    List<OnnxValueInfo> open = new ArrayList<>(graph.inputs());
    for (String constant : settings.constants().keySet()) {
      if (open.stream().noneMatch(input -> input.name().equals(constant))) {
        throw refused(file, "it has no input " + constant + ", which constants names; it has " + names(open));
      }
    }
    List<OnnxValueInfo> constants = open.stream().filter(input -> settings.constants().containsKey(input.name())).toList();
    open.removeAll(constants);
    Optional<Label> label = label(file, open, settings);
    label.ifPresent(found -> open.remove(found.info()));
    if (label.isEmpty() && !settings.labels().isEmpty()) {
      throw refused(file, "labels are given, and none of its inputs " + names(open)
          + " takes a class; name it as labelInput if one does");
    }
    List<Latent> latents = new ArrayList<>();
    for (OnnxValueInfo input : open) {
      latents.add(new Latent(input, shape(file, input, settings, open.size())));
    }
    if (latents.isEmpty()) {
      throw refused(file, "it has no input for a latent vector; it has " + names(graph.inputs()));
    }
    return new LatentInputs(latents, label, constants);
  }

  /// Numbers of all latents together.
  int latentSize() {
    return latents.stream().mapToInt(Latent::size).reduce(0, Math::addExact);
  }

  private static Optional<Label> label(Path file, List<OnnxValueInfo> inputs, OneShotSettings settings) {
    if (settings.labelInput().isPresent()) {
      String name = settings.labelInput().get();
      return Optional.of(label(settings, inputs.stream().filter(input -> input.name().equals(name)).findFirst()
          .orElseThrow(() -> refused(file, "it has no input " + name + ", which labelInput names; it has " + names(inputs)))));
    }
    List<OnnxValueInfo> candidates = inputs.stream().filter(input -> isLabel(input, settings)).toList();
    if (candidates.size() > 1) {
      throw refused(file, "more than one of its inputs may take the class, " + names(candidates) + "; name one as labelInput");
    }
    return candidates.stream().findFirst().map(input -> label(settings, input));
  }

  private static boolean isLabel(OnnxValueInfo input, OneShotSettings settings) {
    if (WHOLE.contains(input.elementType())) {
      return true;
    }
    boolean flat = FLOATS.contains(input.elementType()) && input.dimensions().size() <= 2;
    return flat && LABEL.matcher(input.name().toLowerCase(Locale.ROOT)).matches()
        && (!settings.labels().isEmpty() || input.dimension(1) > 1);
  }

  /// An open width of numbers that are no whole ones is that of the labels.
  private static Label label(OneShotSettings settings, OnnxValueInfo input) {
    boolean table = input.dimensions().size() == 2;
    boolean open = table && input.dimension(1) < 1 && FLOATS.contains(input.elementType());
    long width = open ? settings.firstLabel().orElse(0) + settings.labels().size() : table ? input.dimension(1) : 1;
    return new Label(input, width > 1 ? Math.toIntExact(width) : 0);
  }

  private static List<Integer> shape(Path file, OnnxValueInfo input, OneShotSettings settings, int latents) {
    int rank = input.dimensions().size();
    if (!FLOATS.contains(input.elementType()) || rank < 2) {
      throw refused(file, "its input " + words(input) + " is no latent vector; if it is always the same number, say which "
          + "under constants, for example constants: {" + input.name() + ": 1}");
    }
    List<Integer> said = settings.latentShape();
    if (!said.isEmpty() && (latents > 1 || said.size() != rank - 1)) {
      throw refused(file, "latentShape is " + said + " and its input is " + words(input)
          + "; one number for each dimension after the batch, of a single latent input, is needed");
    }
    List<Integer> shape = new ArrayList<>();
    for (int i = 1; i < rank; i++) {
      long size = input.dimension(i) > 0 ? input.dimension(i) : said.isEmpty() ? -1 : said.get(i - 1);
      if (size < 1 || size > OneShotImageSection.MAX_LATENT) {
        throw refused(file, "its input " + words(input) + " leaves its size open; say it as latentShape, for example "
            + "latentShape: " + input.dimensions().subList(1, rank).stream().map(_ -> "32").toList());
      }
      if (!said.isEmpty() && size != said.get(i - 1)) {
        throw refused(file, "latentShape is " + said + " and its input is " + words(input) + "; they contradict each other");
      }
      shape.add((int) size);
    }
    return shape;
  }

  static ModelImportException refused(Path file, String why) {
    return new ModelImportException(file.getFileName() + " cannot be added: " + why + ".");
  }

  static String words(OnnxValueInfo info) {
    return info.name() + " " + info.dimensions();
  }

  static String names(List<OnnxValueInfo> infos) {
    return infos.stream().map(LatentInputs::words).collect(Collectors.joining(", "));
  }
}
