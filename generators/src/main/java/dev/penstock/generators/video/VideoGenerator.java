package dev.penstock.generators.video;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.audio.Speaker;
import dev.penstock.generators.image.Interpolating;
import dev.penstock.generators.media.film.Film;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureReader;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.VideoSection;
import dev.penstock.generators.video.PreparedFilm.Shot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes films: has an image model draw pictures as the prompt's words say, and shows them as the prompt's parameters say
/// (see [VideoSection]).
///
/// The image model is loaded beside any lane that it may have of its own; both share its weights, not the memory of their
/// batches. Its steps are the film's steps; the frames are made and encoded after them, on a plan thread.
///
/// @param <P> a prepared picture of the image model
/// @param <D> what the image model leaves behind for one
public final class VideoGenerator<P, D> implements Generator<PreparedFilm<P>, List<D>> {

  /// Films at the same time; their pictures share the image model's slots.
  public static final int SLOTS = 4;

  /// The draw of the voice's noise; those before it are keyframes'.
  private static final int VOICE_DRAW = 1_000;

  private final VideoSection section;
  private final Generator<P, D> images;
  private final ModelManifest imageManifest;
  private final Map<String, Object> imageParameters;
  private final @Nullable Speaker voice;
  private final Storyboard<P> storyboard;
  private final VideoStepper<P, D> stepper;

  /// @param manifest of the film maker
  /// @param images its image model, loaded; closed by this once it is made
  /// @param imageManifest of that
  /// @param voice who speaks, closed by this; null if films have no sound
  /// @throws InvalidModelException if the manifests do not go together
  public VideoGenerator(
      ModelManifest manifest, Generator<P, D> images, ModelManifest imageManifest, @Nullable Speaker voice) {
    this.section = manifest.video();
    this.images = images;
    this.imageManifest = imageManifest;
    this.voice = voice;
    if (imageManifest.modality() != Modality.IMAGE)
      throw new InvalidModelException(
          "video.imageModel of " + manifest.name() + " is " + imageManifest.name() + ", which makes "
              + imageManifest.modality().word() + "; a model that makes pictures is needed.");
    this.imageParameters = imageParameters(manifest, imageManifest);
    this.storyboard = new Storyboard<>(images, interpolating(images));
    this.stepper = new VideoStepper<>(images.stepper(), SLOTS);
  }

  private static Map<String, Object> imageParameters(ModelManifest manifest, ModelManifest imageManifest) {
    VideoSection section = manifest.video();
    if (section.imageParameters().containsKey("format") || section.imageParameters().containsKey("adSize"))
      throw new InvalidModelException(
          "video.imageParameters of " + manifest.name() + " set format or adSize; those of the film are the prompt's.");
    for (String name : manifest.parameters().specs().keySet()) {
      if (VideoSection.PARAMETERS.containsKey(name) || imageManifest.parameters().specs().containsKey(name)) continue;
      throw new InvalidModelException(
          "parameters." + name + " of " + manifest.name() + " is neither a film's nor one of " + imageManifest.name() + ".");
    }
    try {
      return imageManifest.parameters().validate(section.imageParameters());
    } catch (InvalidParameterException e) {
      throw new InvalidModelException("video.imageParameters of " + manifest.name() + ": " + e.getMessage(), e);
    }
  }

  /// A generator interpolates its own prepared pictures.
  @SuppressWarnings("unchecked")
  private static <P> @Nullable Interpolating<P> interpolating(Generator<P, ?> images) {
    return images instanceof Interpolating<?> found ? (Interpolating<P>) found : null;
  }

  @Override
  public PreparedFilm<P> prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected(
          "CANDIDATES_NOT_SUPPORTED",
          "The prompt asks for " + request.candidates() + " candidates; films have no score to choose by, so ask for 1"
              + " candidate and several variants.");
    FilmSettings settings = FilmSettings.of(request.parameters());
    List<Shot<P>> shots = storyboard.shots(request, pictureParameters(request), settings);
    Sound sound = settings.sound() == null ? null : spoken(settings.sound(), request);
    int frames = settings.frames();
    if (sound != null) frames = Math.max(frames, (int) Math.ceil(sound.seconds() * settings.framesPerSecond()));
    settings.checkFrames(frames);
    return new PreparedFilm<>(settings, shots, frames, sound);
  }

  /// Those of the manifest, and of the prompt's those that are not the film's.
  private Map<String, Object> pictureParameters(GenerationRequest request) {
    Map<String, Object> parameters = new HashMap<>(imageParameters);
    request.parameters().forEach((name, value) -> {
      if (!VideoSection.PARAMETERS.containsKey(name)) parameters.put(name, value);
    });
    return parameters;
  }

  private Sound spoken(String text, GenerationRequest request) throws GenerationException {
    if (voice == null)
      throw new Rejected(
          "NO_VOICE",
          section.voice() == null
              ? "The parameter sound needs a voice, and this model has none; leave sound out."
              : "The parameter sound needs the voice " + section.voice() + ", which is not there; pull it, or leave sound out.");
    synchronized (voice) {
      return voice.speak(text, Seeds.draw(request.seed(), request.variant(), VOICE_DRAW));
    }
  }

  @Override
  public Stepper<PreparedFilm<P>, List<D>> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedFilm<P> prepared, List<D> drafts)
      throws GenerationException {
    FilmSettings settings = prepared.settings();
    List<Bitmap> pictures = new ArrayList<>();
    Map<String, Double> scores = Map.of();
    int inputTokens = 0;
    for (int i = 0; i < drafts.size(); i++) {
      Shot<P> shot = prepared.shots().get(i);
      GenerationResult drawn = images.complete(shot.request(), shot.picture(), drafts.get(i));
      pictures.add(PictureReader.read("A picture of " + imageManifest.name(), drawn.body(), Bitmap.MOST_PIXELS));
      if (i > 0) continue;
      scores = drawn.scores();
      inputTokens = drawn.usage().inputTokens();
    }
    Screen screen = new Screen(pictures, settings, prepared.frames());
    Film film =
        new Film(screen::frame, prepared.frames(), settings.framesPerSecond(), settings.size(), prepared.sound());
    byte[] body = settings.format().encode(film, settings.quality());
    long pixels = (long) prepared.frames() * settings.size().width() * settings.size().height();
    return new GenerationResult(
        body,
        settings.format().mediaType(),
        List.of(),
        scores,
        new Usage(inputTokens, 0, pixels, 0),
        FinishReason.STOP,
        Timings.NONE);
  }

  @Override
  public void close() {
    try {
      images.close();
    } finally {
      if (voice != null) voice.close();
    }
  }
}
