package dev.penstock.generators.video;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.media.film.FilmFormat;
import dev.penstock.generators.media.picture.Colour;
import dev.penstock.generators.media.picture.Fit;
import dev.penstock.generators.media.picture.PictureSize;
import dev.penstock.generators.video.Titles.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a prompt wants of its film, checked.
///
/// @param keyframes pictures from seeds of their own, at least 1
/// @param between pictures that the image model makes between two keyframes
/// @param variation how far keyframes are apart, 0..1
/// @param fit null: as the proportions ask for
/// @param titles null: no words
/// @param sound what is spoken, or null
record FilmSettings(
    int frames,
    int framesPerSecond,
    PictureSize size,
    FilmFormat format,
    int quality,
    int keyframes,
    int between,
    double variation,
    CameraMove move,
    @Nullable Fit fit,
    @Nullable Titles titles,
    @Nullable String sound) {

  /// Pixels of all frames together: 100 of full HD.
  static final long MOST_PIXELS = 100L * 1_920 * 1_080;
  /// Pictures that the image model draws for one film.
  static final int MOST_PICTURES = 64;

  /// @param parameters validated, with the defaults of [dev.penstock.generators.models.VideoSection]
  /// @throws Rejected one sentence: what cannot be, and what can
  static FilmSettings of(Map<String, Object> parameters) throws Rejected {
    PictureSize size = PictureSize.parse("adSize", (String) parameters.get("adSize"));
    if (size.width() % 2 != 0 || size.height() % 2 != 0)
      throw new Rejected(
          "INVALID_PARAMETER",
          "The parameter adSize asks for " + size.width() + " x " + size.height() + " pixels; a film needs even sides.");
    FilmFormat format = FilmFormat.of((String) parameters.get("format"));
    String sound = (String) parameters.get("sound");
    if (sound != null && !format.hasSound())
      throw new Rejected("INVALID_PARAMETER", "The parameter sound is for films; a gif has none, so set format to webm or mp4.");
    FilmSettings settings =
        new FilmSettings(
            integer(parameters, "frames"),
            integer(parameters, "fps"),
            size,
            format,
            integer(parameters, "quality"),
            integer(parameters, "keyframes"),
            integer(parameters, "between"),
            (double) parameters.get("variation"),
            CameraMove.of((String) parameters.get("move")),
            parameters.get("fit") instanceof String fit ? Fit.of(fit) : null,
            titles(parameters),
            sound);
    settings.checkFrames(settings.frames);
    if (settings.pictures() > MOST_PICTURES)
      throw new Rejected(
          "FILM_TOO_LARGE",
          "The parameters keyframes and between ask for " + settings.pictures() + " pictures; at most " + MOST_PICTURES
              + " are allowed.");
    return settings;
  }

  private static @Nullable Titles titles(Map<String, Object> parameters) throws Rejected {
    String title = (String) parameters.get("title");
    String subtitle = (String) parameters.get("subtitle");
    String card = (String) parameters.get("titleCard");
    String background = (String) parameters.get("background");
    if (title == null && (subtitle != null || card != null || background != null))
      throw new Rejected(
          "INVALID_PARAMETER",
          "The parameter " + (subtitle != null ? "subtitle" : card != null ? "titleCard" : "background")
              + " goes with a title; set title as well.");
    if (title == null) return null;
    Place place = card == null ? Place.OVER : Place.of(card);
    if (background != null && place == Place.OVER)
      throw new Rejected(
          "INVALID_PARAMETER",
          "The parameter background is the colour of a title card; set titleCard to before or after.");
    return Titles.of(
        title, subtitle, place, background == null ? Titles.BACKGROUND : Colour.parse("background", background));
  }

  private static int integer(Map<String, Object> parameters, String name) {
    return Math.toIntExact((long) parameters.get(name));
  }

  /// @throws Rejected if so many frames of this size are too much
  void checkFrames(int count) throws Rejected {
    long pixels = (long) count * size.width() * size.height();
    if (pixels <= MOST_PIXELS) return;
    long most = MOST_PIXELS / ((long) size.width() * size.height());
    throw new Rejected(
        "FILM_TOO_LARGE",
        "The film would have " + count + " frames of " + size.width() + " x " + size.height() + " pixels; at most " + most
            + " of this size are allowed.");
  }

  /// How many pictures the image model draws: those between keyframes lie on the way round, back to the first.
  int pictures() {
    return keyframes == 1 ? 1 : keyframes * (1 + between);
  }
}
