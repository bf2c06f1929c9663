package dev.penstock.generators.image.classify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.Picture;
import dev.penstock.generators.image.PictureDecoder;
import dev.penstock.generators.models.ModelFolder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Says what the prompt's picture shows, as JSON: `{"labels": [{"label": "mug", "score": 0.98}, ...]}`, the most probable
/// first, as many as the parameter `most` says. The prompt's words, seed and variant change nothing.
public final class ImageClassifierGenerator implements Generator<Picture, double[]> {

  /// Pictures that are looked at in one step.
  public static final int SLOTS = ClassifyingStepper.SLOTS;

  private static final String MEDIA_TYPE = "application/json";
  private static final long MAX_PIXELS = 16_777_216;
  private static final JsonMapper JSON = new JsonMapper();
  private static final double DIGITS = 1e6;

  private final ImageClassifier classifier;
  private final ClassifyingStepper stepper;

  private ImageClassifierGenerator(ImageClassifier classifier) {
    this.classifier = classifier;
    this.stepper = new ClassifyingStepper(classifier);
  }

  /// @throws dev.penstock.generators.models.InvalidModelException if the folder holds another family, or the graph is not
  ///     what the manifest says
  public static ImageClassifierGenerator open(ModelFolder folder) {
    return new ImageClassifierGenerator(ImageClassifier.open(folder));
  }

  @Override
  public Picture prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED", "The prompt asks for " + request.candidates() + " candidates; there is one answer, so ask for 1.");
    Picture picture = PictureDecoder.decode(request.picture(), MAX_PIXELS);
    return picture.reducedTo(classifier.section().width(), classifier.section().height());
  }

  @Override
  public Stepper<Picture, double[]> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, Picture prepared, double[] draft) {
    List<String> labels = classifier.section().labels();
    long most = (long) request.parameters().getOrDefault("most", (long) labels.size());
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode told = answer.putArray("labels");
    IntStream.range(0, draft.length).boxed().sorted(Comparator.comparing((Integer i) -> -draft[i]).thenComparing(i -> i)).limit(most)
        .forEach(i -> told.addObject().put("label", labels.get(i)).put("score", Math.round(draft[i] * DIGITS) / DIGITS));
    int best = IntStream.range(0, draft.length).boxed().max(Comparator.comparing((Integer i) -> draft[i])).orElseThrow();
    Usage usage = new Usage(0, 0, (long) prepared.width() * prepared.height(), 0);
    return new GenerationResult(
        answer.toString().getBytes(UTF_8), MEDIA_TYPE, List.of(), Map.of("topScore", draft[best]), usage, FinishReason.STOP, Timings.NONE);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
