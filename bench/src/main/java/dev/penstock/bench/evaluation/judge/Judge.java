package dev.penstock.bench.evaluation.judge;

import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A classifier that tells what is on a picture, and the real pictures it is compared with. Graph: `image` float32
/// `[b, channels, side, side]` in 0..1 to `logits` float32 `[b, objects + patterns]` and `features` float32
/// `[b, features]`, the last layer before the logits. Colours are told by rule. One thread.
public final class Judge implements AutoCloseable {

  private static final int BATCH = 64;

  private final JudgeCard card;
  private final Path folder;
  private final OnnxSession session;
  private final ProductColours colours;

  private Judge(JudgeCard card, Path folder) {
    this.card = card;
    this.folder = folder;
    this.session = OnnxSession.open(folder.resolve("judge.onnx"));
    this.colours = new ProductColours(card.colours(), card.fixedParts());
  }

  /// Opens the judge of a folder; its files' digests are verified.
  ///
  /// @throws UserError if there is none, or a file is not the one that its card lists
  public static Judge open(Path folder) {
    return new Judge(JudgeCard.read(folder), folder);
  }

  /// The folders of judges among the bundled models.
  public static List<String> names(Path judges) {
    try (var folders = Files.list(judges)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(JudgeCard.FILE_NAME)))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserError("There is no folder of judges " + judges + "; start by the penstock script of a checkout.", e);
    }
  }

  /// Name, version and digest.
  public String identity() {
    return "%s %s, sha256 %s".formatted(card.name(), card.version(), card.digest().substring(0, 16));
  }

  /// Who it is, and how often it is right.
  public String title() {
    return "%s, right on real pictures: %s".formatted(identity(),
        card.measured().entrySet().stream()
            .filter(e -> e.getKey().matches("accuracyOnTest|(object|colour|background|pattern)\\d+"))
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", ")));
  }

  public String name() {
    return card.name();
  }

  public String digest() {
    return card.digest();
  }

  public int side() {
    return card.side();
  }

  public int channels() {
    return card.channels();
  }

  public List<String> objects() {
    return card.objects();
  }

  /// The parts of what is seen, in order.
  public List<String> parts() {
    return card.colours().isEmpty() ? List.of("object") : List.of("object", "colour", "background", "pattern");
  }

  /// Number of a word of a part.
  ///
  /// @throws UserError if the judge does not know the word
  public int number(int part, String word) {
    List<String> words = words(part);
    int number = words.indexOf(word);
    if (number < 0)
      throw new UserError(
          "The judge %s knows no %s %s; it knows %s."
              .formatted(name(), parts().get(part), word, String.join(", ", words)));
    return number;
  }

  /// The word of a number.
  public String word(int part, int number) {
    return words(part).get(number);
  }

  private List<String> words(int part) {
    return switch (part) {
      case 0 -> card.objects();
      case 3 -> card.patterns();
      default -> List.copyOf(card.colours().keySet());
    };
  }

  /// The real pictures beside it, for generated ones of so many pixels.
  public RealPictures real(int generatedSide) {
    return RealPictures.read(folder, this, generatedSide);
  }

  /// Captions with what must be on their pictures.
  public List<Caption> captions() {
    return Caption.read(folder.resolve("captions.tsv"), this);
  }

  /// Looks at pictures of the judge's side, or of one that divides it.
  public Seen look(List<Pixels> pictures) {
    int[][] attributes = new int[pictures.size()][];
    double[][] features = new double[pictures.size()][];
    for (int from = 0; from < pictures.size(); from += BATCH) {
      List<Pixels> batch = pictures.subList(from, Math.min(pictures.size(), from + BATCH));
      look(batch, from, attributes, features);
    }
    return new Seen(attributes, features);
  }

  private void look(List<Pixels> batch, int from, int[][] attributes, double[][] features) {
    int area = card.side() * card.side();
    FloatBuffer memory = OnnxValue.allocateFloats(batch.size() * area * card.channels());
    for (Pixels picture : batch) {
      int[] values = picture.withSide(card.side()).values();
      for (int c = 0; c < card.channels(); c++)
        for (int i = 0; i < area; i++) memory.put(values[i * card.channels() + c] / 255f);
    }
    try (OnnxValue image = OnnxValue.of(memory.flip(), batch.size(), card.channels(), card.side(), card.side())) {
      Map<String, OnnxValue> out = session.run(Map.of("image", image));
      FloatBuffer logits = out.get("logits").floats();
      FloatBuffer vectors = out.get("features").floats();
      int width = card.objects().size() + card.patterns().size();
      for (int row = 0; row < batch.size(); row++) {
        attributes[from + row] = attributes(logits, row * width, batch.get(row));
        double[] vector = features[from + row] = new double[card.features()];
        for (int i = 0; i < vector.length; i++) vector[i] = vectors.get(row * vector.length + i);
      }
    }
  }

  private int[] attributes(FloatBuffer logits, int at, Pixels picture) {
    int objects = card.objects().size();
    int object = largest(logits, at, objects);
    if (card.colours().isEmpty()) return new int[] {object};
    ProductColours.Found found = colours.in(picture, card.objects().get(object));
    return new int[] {object, found.product(), found.background(), largest(logits, at + objects, card.patterns().size())};
  }

  private static int largest(FloatBuffer values, int at, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) if (values.get(at + i) > values.get(at + best)) best = i;
    return best;
  }

  @Override
  public void close() {
    session.close();
  }
}
