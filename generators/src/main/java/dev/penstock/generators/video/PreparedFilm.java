package dev.penstock.generators.video;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.media.sound.Sound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A film whose pictures can be drawn.
///
/// @param shots the pictures in their order, at least one
/// @param frames how many the film has, with its sound
/// @param sound what is heard, or null
/// @param <P> a prepared picture of the image model
public record PreparedFilm<P>(FilmSettings settings, List<Shot<P>> shots, int frames, @Nullable Sound sound) {

  public PreparedFilm {
    shots = List.copyOf(shots);
  }

  /// One picture.
  ///
  /// @param request as the image model takes it; of a picture between keyframes, that of the keyframe before it
  public record Shot<P>(GenerationRequest request, P picture) {}
}
