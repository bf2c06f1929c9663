package dev.penstock.bench.evaluation;

import dev.penstock.bench.evaluation.ModelRun.Wish;
import dev.penstock.bench.evaluation.judge.Caption;
import dev.penstock.bench.evaluation.judge.Judge;
import dev.penstock.bench.evaluation.judge.Pixels;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Pictures of a model as they came, with what was asked for: its classes in turn, or a judge's captions in order.
///
/// @param kinds of each: `class`, or the caption's kind
/// @param asked attributes of each: the object alone, or object, colour, background and pattern, [#NOT_ASKED] where the
///     model has no say
/// @param side of the pictures as the network makes them, in pixels
public record Samples(List<String> kinds, List<String> words, int[][] asked, List<Pixels> pictures, int side) {

  /// Stands for a part that the model cannot be asked for.
  public static final int NOT_ASKED = -2;

  private static final long FIRST_SEED = 1;
  private static final String SIZE = "size";
  private static final String CLASS = "class";

  public int count() {
    return pictures.size();
  }

  /// The samples of one kind.
  public Samples of(String kind) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) if (kinds.get(i).equals(kind)) rows.add(i);
    return new Samples(
        rows.stream().map(kinds::get).toList(), rows.stream().map(words::get).toList(),
        rows.stream().map(i -> asked[i]).toArray(int[][]::new), rows.stream().map(pictures::get).toList(), side);
  }

  /// @param count pictures; of a model that draws from words so many of each kind of caption
  /// @param given side that the network draws, or null if the manifest is to say
  public static Samples draw(ModelFolder model, Judge judge, int count, @Nullable Integer given, ProgressBar bar)
      throws IOException {
    ModelManifest manifest = model.manifest();
    int side = given == null ? side(model, judge) : checked(given, judge);
    Map<Integer, String> conditions = conditions(manifest, judge);
    List<Caption> captions = captions(manifest, judge, count, conditions);
    List<Wish> wishes = captions.stream().map(caption -> wish(caption, manifest, judge, conditions, side)).toList();
    List<Pixels> pictures = new ArrayList<>();
    try (ModelRun run = new ModelRun(model)) {
      for (Optional<GenerationResult> result : run.grant(wishes, FIRST_SEED, bar, manifest.name() + " draws"))
        pictures.add(Pixels.decode(result.orElseThrow().body(), judge.channels()));
    }
    return new Samples(
        captions.stream().map(Caption::kind).toList(), captions.stream().map(Caption::text).toList(),
        captions.stream().map(Caption::attributes).toArray(int[][]::new), pictures, side);
  }

  /// The classes that a model can be asked for by the parameter `class`; empty if it draws from words.
  public static List<String> classes(ModelManifest manifest) {
    return choices(manifest, CLASS);
  }

  private static List<String> choices(ModelManifest manifest, String parameter) {
    return manifest.parameters().specs().get(parameter) instanceof StringParameter words ? words.choices() : List.of();
  }

  /// The parameters that choose a part of the picture, where the model has them: part of the judge to parameter.
  private static Map<Integer, String> conditions(ModelManifest manifest, Judge judge) {
    Map<Integer, String> conditions = new TreeMap<>();
    for (int part = 0; part < judge.parts().size(); part++) {
      String name = part == 0 && !classes(manifest).isEmpty() ? CLASS : judge.parts().get(part);
      if (!choices(manifest, name).isEmpty()) conditions.put(part, name);
    }
    return conditions;
  }

  private static List<Caption> captions(ModelManifest manifest, Judge judge, int count, Map<Integer, String> conditions) {
    if (conditions.keySet().equals(Set.of(0))) return inTurn(choices(manifest, conditions.getOrDefault(0, CLASS)), judge, count);
    Map<String, Integer> taken = new HashMap<>();
    return judge.captions().stream()
        .filter(caption -> conditions.isEmpty() || !caption.kind().equals("paraphrase"))
        .filter(caption -> taken.merge(caption.kind(), 1, Integer::sum) <= count)
        .map(caption -> conditions.isEmpty() ? caption : masked(caption, conditions))
        .toList();
  }

  private static List<Caption> inTurn(List<String> classes, Judge judge, int count) {
    List<Caption> captions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = classes.get(i % classes.size());
      captions.add(new Caption("class", word, new int[] {judge.number(0, word)}));
    }
    return captions;
  }

  private static Caption masked(Caption caption, Map<Integer, String> conditions) {
    int[] asked = caption.attributes().clone();
    for (int part = 0; part < asked.length; part++) if (!conditions.containsKey(part)) asked[part] = NOT_ASKED;
    return new Caption(caption.kind(), caption.text(), asked);
  }

  private static Wish wish(Caption caption, ModelManifest manifest, Judge judge, Map<Integer, String> conditions, int side) {
    Map<String, String> parameters = new HashMap<>();
    conditions.forEach((part, name) -> parameters.put(name, judge.word(part, caption.attributes()[part])));
    if (manifest.parameters().specs().containsKey(SIZE)) parameters.put(SIZE, Integer.toString(side));
    return new Wish(caption.text(), parameters);
  }

  /// The network's own size: of diffusion the pictures' width, not the latents', of a model of codes what its decoder draws; of
  /// others the smallest that may be asked for, if the judge can look at it.
  private static int side(ModelFolder model, Judge judge) {
    ModelManifest manifest = model.manifest();
    if (manifest.section() instanceof DiffusionSection diffusion) return checked(diffusion.pictureWidth(), judge);
    if (manifest.section() instanceof VqImageSection codes) return checked(drawnBy(model.file(codes.decoder())), judge);
    if (manifest.parameters().specs().get(SIZE) instanceof IntegerParameter size
        && judge.side() % size.minimum() == 0 && 2 * size.minimum() >= judge.side()) return Math.toIntExact(size.minimum());
    return judge.side();
  }

  private static int drawnBy(Path decoder) {
    try (OnnxSession session = OnnxSession.open(decoder)) {
      return Math.toIntExact(session.outputs().get("image").shape().getLast());
    }
  }

  private static int checked(int side, Judge judge) {
    if (side % judge.side() != 0 && judge.side() % side != 0)
      throw new UserError("The model draws " + side + " pixels; the judge " + judge.name() + " looks at " + judge.side() + ".");
    return side;
  }
}
