package dev.penstock.generators.video;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.image.Interpolating;
import dev.penstock.generators.video.PreparedFilm.Shot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which pictures a film is made of.
///
/// Keyframe k comes from draw k of the film's seed. Where the image model can make what lies between two pictures, the
/// keyframes are brought near to the first one by the film's variation, so that they share their noise, and pictures are
/// put between them, on the way from each to the next and from the last to the first. Where it cannot, keyframes are
/// as they are drawn. Immutable; any thread.
///
/// @param images the image model
/// @param between the same, or null if it cannot
/// @param <P> its prepared pictures
record Storyboard<P>(Generator<P, ?> images, @Nullable Interpolating<P> between) {

  /// @param film the film's request
  /// @param parameters validated, for the image model
  List<Shot<P>> shots(GenerationRequest film, Map<String, Object> parameters, FilmSettings settings)
      throws GenerationException {
    List<Shot<P>> keys = keyframes(film, parameters, settings);
    if (between == null || keys.size() == 1) return keys;
    List<Shot<P>> shots = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      Shot<P> key = keys.get(k);
      P next = keys.get((k + 1) % keys.size()).picture();
      shots.add(key);
      for (int i = 1; i <= settings.between(); i++)
        shots.add(new Shot<>(key.request(), between.between(key.picture(), next, i / (settings.between() + 1.0))));
    }
    return shots;
  }

  private List<Shot<P>> keyframes(GenerationRequest film, Map<String, Object> parameters, FilmSettings settings)
      throws GenerationException {
    List<Shot<P>> keys = new ArrayList<>();
    for (int k = 0; k < settings.keyframes(); k++) {
      GenerationRequest request = picture(film, parameters, k);
      P drawn = images.prepare(request);
      if (between != null && k > 0) drawn = between.between(keys.getFirst().picture(), drawn, settings.variation());
      keys.add(new Shot<>(request, drawn));
    }
    return keys;
  }

  private static GenerationRequest picture(GenerationRequest film, Map<String, Object> parameters, int keyframe) {
    return new GenerationRequest(
        film.id(),
        film.tenant(),
        film.input(),
        parameters,
        Seeds.draw(film.seed(), film.variant(), keyframe),
        0,
        1,
        film.priority(),
        film.deadline());
  }
}
