package dev.penstock.generators.video;

import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.Fit;
import dev.penstock.generators.media.picture.PictureSize;
import dev.penstock.generators.video.Titles.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a film shows at each frame. The pictures are passed in a circle, each mixed into the next one; the camera goes
/// over them; words come last. One thread.
final class Screen {

  /// A card is shown for so long, or a third of the film.
  private static final double CARD_SECONDS = 1.5;
  private static final double FADE_SECONDS = 0.4;
  /// Pictures are framed where less than this would be left of them.
  private static final double LEAST_KEPT = 0.5;

  private final List<Bitmap> pictures;
  private final CameraMove move;
  private final PictureSize size;
  private final int frames;
  private final int cardFrames;
  private final int fadeFrames;
  private final @Nullable Place place;
  private final @Nullable Bitmap card;
  private final int @Nullable [] overlay;

  /// @param pictures at least one, all of one size
  /// @param frames how many the film has
  Screen(List<Bitmap> pictures, FilmSettings settings, int frames) {
    this.pictures = fitted(pictures, settings);
    this.move = settings.move();
    this.size = settings.size();
    this.frames = frames;
    Titles titles = settings.titles();
    this.place = titles == null ? null : titles.place();
    this.card = titles == null || place == Place.OVER ? null : titles.card(size);
    this.overlay = titles == null || place != Place.OVER ? null : titles.overlay(size);
    this.cardFrames =
        card == null ? 0 : (int) Math.min(frames / 3.0, Math.round(CARD_SECONDS * settings.framesPerSecond()));
    this.fadeFrames = (int) Math.min(cardFrames / 2.0, Math.round(FADE_SECONDS * settings.framesPerSecond()));
  }

  private static List<Bitmap> fitted(List<Bitmap> pictures, FilmSettings settings) {
    PictureSize film = settings.size();
    Bitmap first = pictures.getFirst();
    double across = (double) film.width() / first.width();
    double down = (double) film.height() / first.height();
    double kept = Math.min(across, down) / Math.max(across, down);
    Fit fit = settings.fit() == null && kept < LEAST_KEPT ? Fit.CONTAIN : settings.fit();
    if (fit != Fit.CONTAIN) return List.copyOf(pictures);
    double scale = Math.min(CameraMove.CLOSEST, (double) PictureSize.LONGEST / Math.max(film.width(), film.height()));
    PictureSize room = new PictureSize((int) (film.width() * scale), (int) (film.height() * scale));
    int edge = edge(first);
    return pictures.stream().map(picture -> Fit.CONTAIN.into(picture, room, edge)).toList();
  }

  /// The mean colour of a picture's edge.
  private static int edge(Bitmap picture) {
    int colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      long sum = 0;
      int count = 0;
      for (int i = 0; i < picture.rgb().length; i++) {
        int x = i % picture.width();
        int y = i / picture.width();
        if (x > 0 && y > 0 && x < picture.width() - 1 && y < picture.height() - 1) continue;
        sum += picture.rgb()[i] >> shift & 255;
        count++;
      }
      colour |= Math.toIntExact(sum / count) << shift;
    }
    return colour;
  }

  /// @param index from 0 on
  Bitmap frame(int index) {
    if (card == null) return shown(index, frames);
    int shown = frames - cardFrames;
    int fromCard = place == Place.BEFORE ? index - cardFrames : shown - 1 - index;
    if (fromCard < 0) return card;
    Bitmap picture = shown(place == Place.BEFORE ? fromCard : index, shown);
    if (fromCard >= fadeFrames) return picture;
    return card.mixed(picture, CameraMove.eased((fromCard + 1.0) / (fadeFrames + 1)));
  }

  private Bitmap shown(int index, int count) {
    double time = (double) index / count;
    Bitmap picture = at(time * pictures.size());
    // A move in one direction reaches its end with the last frame.
    double moved = move == CameraMove.BREATHE || count == 1 ? time : (double) index / (count - 1);
    Bitmap view = picture.shown(move.at(moved, picture.width(), picture.height(), size), size.width(), size.height());
    return overlay == null ? view : lit(view, overlay);
  }

  private Bitmap at(double position) {
    int first = (int) position % pictures.size();
    if (pictures.size() == 1) return pictures.getFirst();
    double share = CameraMove.eased(position - Math.floor(position));
    return pictures.get(first).mixed(pictures.get((first + 1) % pictures.size()), share);
  }

  private static Bitmap lit(Bitmap picture, int[] overlay) {
    int[] rgb = new int[overlay.length];
    for (int i = 0; i < rgb.length; i++) {
      int rest = 255 - (overlay[i] >> 8);
      int white = overlay[i] & 255;
      for (int shift = 0; shift <= 16; shift += 8)
        rgb[i] |= (white + ((picture.rgb()[i] >> shift & 255) * rest + 127) / 255) << shift;
    }
    return new Bitmap(picture.width(), picture.height(), rgb);
  }
}
