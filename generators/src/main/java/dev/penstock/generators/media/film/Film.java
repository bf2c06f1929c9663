package dev.penstock.generators.media.film;

import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureSize;
import dev.penstock.generators.media.sound.Sound;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A film to be written.
///
/// @param frame makes the frames, asked for in order, each of the film's size
/// @param frames how many there are, at least 1
/// @param framesPerSecond 1 to 60
/// @param size both sides even
/// @param sound what is heard from the beginning on, or null
public record Film(
    IntFunction<Bitmap> frame, int frames, int framesPerSecond, PictureSize size, @Nullable Sound sound) {

  public Film {
    if (frames < 1) throw new IllegalArgumentException("a film of " + frames + " frames");
    if (framesPerSecond < 1 || framesPerSecond > 60)
      throw new IllegalArgumentException(framesPerSecond + " frames a second; 1 to 60 are allowed");
    if (size.width() % 2 != 0 || size.height() % 2 != 0)
      throw new IllegalArgumentException("a film of " + size + "; its chroma needs even sides");
  }
}
