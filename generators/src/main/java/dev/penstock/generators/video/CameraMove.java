package dev.penstock.generators.video;

import dev.penstock.generators.media.picture.CubicConvolution.Window;
import dev.penstock.generators.media.picture.PictureSize;
import java.util.Locale;

/// How the camera goes over the pictures. What it shows has the film's proportions and never leaves the picture.
enum CameraMove {
  NONE,
  ZOOM_IN,
  ZOOM_OUT,
  /// In and out again, so that the film can be repeated.
  BREATHE,
  PAN_LEFT,
  PAN_RIGHT,
  PAN_UP,
  PAN_DOWN;

  /// The closest zoom of a move in one direction, of a breath, and of a pan.
  static final double CLOSEST = 1.4;
  private static final double BREATH = 1.12;
  private static final double PAN = 1.3;

  static CameraMove of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /// What is shown of a picture.
  ///
  /// @param time 0 at the first frame, 1 just after the last
  Window at(double time, int width, int height, PictureSize film) {
    double eased = eased(time);
    double wave = (1 - StrictMath.cos(2 * Math.PI * time)) / 2;
    return switch (this) {
      case NONE -> window(1, 0.5, 0.5, width, height, film);
      case ZOOM_IN -> window(1 + (CLOSEST - 1) * eased, 0.5, 0.5, width, height, film);
      case ZOOM_OUT -> window(1 + (CLOSEST - 1) * (1 - eased), 0.5, 0.5, width, height, film);
      case BREATHE -> window(1 + (BREATH - 1) * wave, 0.5, 0.5, width, height, film);
      case PAN_LEFT -> window(PAN, 1 - eased, 0.5, width, height, film);
      case PAN_RIGHT -> window(PAN, eased, 0.5, width, height, film);
      case PAN_UP -> window(PAN, 0.5, 1 - eased, width, height, film);
      case PAN_DOWN -> window(PAN, 0.5, eased, width, height, film);
    };
  }

  /// @param across where the window lies in the room that it has, 0 left, 1 right
  private static Window window(double zoom, double across, double down, int width, int height, PictureSize film) {
    double scale = Math.max((double) film.width() / width, (double) film.height() / height) * zoom;
    double shownWidth = film.width() / scale;
    double shownHeight = film.height() / scale;
    return new Window((width - shownWidth) * across, (height - shownHeight) * down, shownWidth, shownHeight);
  }

  /// Starts and ends slowly (smoothstep).
  static double eased(double share) {
    double t = Math.clamp(share, 0, 1);
    return t * t * (3 - 2 * t);
  }
}
