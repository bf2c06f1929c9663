package dev.penstock.generators.image.enlarge;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.Picture;
import dev.penstock.generators.image.PictureDecoder;
import dev.penstock.generators.image.PictureDelivery;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFamily;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.SuperResolutionSection;
import dev.penstock.generators.onnx.InferenceException;
import dev.penstock.generators.onnx.OnnxSession;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the prompt's picture larger. The prompt's words, seed and variant change nothing.
public final class SuperResolutionGenerator implements Generator<PreparedEnlargement, float[][]> {

  /// Pictures that are enlarged side by side.
  public static final int SLOTS = EnlargingStepper.SLOTS;

  /// Pixels of the largest picture that is made.
  public static final long MAX_MADE = 4_194_304;

  /// Sides of a window where the graph leaves them open, and how far neighbours overlap.
  private static final int WINDOW = 160;
  private static final int OVERLAP = 32;
  private static final int BYTES_PER_PIXEL = 64;

  private final SuperResolutionSection section;
  private final EnlargingGraph graph;
  private final EnlargingStepper stepper;

  private SuperResolutionGenerator(SuperResolutionSection section, EnlargingGraph graph) {
    this.section = section;
    this.graph = graph;
    this.stepper = new EnlargingStepper(graph);
  }

  /// Loads the graph and tries it out.
  ///
  /// @throws InvalidModelException if the folder holds another family, or the graph is not what the manifest says
  public static SuperResolutionGenerator open(ModelFolder folder) {
    SuperResolutionSection section = folder.manifest().section(SuperResolutionSection.class, ModelFamily.SUPER_RESOLUTION);
    OnnxSession session = null;
    try {
      session = OnnxSession.open(folder.file(section.graph()));
      return new SuperResolutionGenerator(section, new EnlargingGraph(section, session));
    } catch (RuntimeException e) {
      if (session != null) session.close();
      if (!(e instanceof InferenceException)) throw e;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /// What all slots take beside the weights, about.
  public static long slotBytes() {
    return SLOTS * MAX_MADE * BYTES_PER_PIXEL;
  }

  @Override
  public PreparedEnlargement prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED",
          "The prompt asks for " + request.candidates() + " candidates; an enlarged picture has one form, so ask for 1.");
    PictureDelivery delivery = PictureDelivery.of(request.parameters());
    long scale = section.scale();
    Picture picture = PictureDecoder.decode(request.picture(), MAX_MADE / (scale * scale));
    int width = side(section.width(), picture.width());
    int height = side(section.height(), picture.height());
    int overlap = Math.min(OVERLAP, Math.min(width, height) / 4);
    return new PreparedEnlargement(picture, delivery, Windows.of(picture.width(), picture.height(), width, height, overlap));
  }

  private static int side(@Nullable Integer fixed, int ofPicture) {
    return fixed != null ? fixed : Math.clamp(ofPicture, 1, WINDOW);
  }

  @Override
  public Stepper<PreparedEnlargement, float[][]> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedEnlargement prepared, float[][] draft) {
    int width = prepared.picture().width() * section.scale();
    int height = prepared.picture().height() * section.scale();
    double[][] planes = new double[3][draft[0].length];
    for (int c = 0; c < 3; c++)
      for (int i = 0; i < draft[c].length; i++) planes[c][i] = Math.clamp((double) draft[c][i], 0, 1);
    return prepared.delivery().result(new Picture(width, height, planes), Map.of(), 0);
  }

  @Override
  public void close() {
    graph.close();
  }
}
