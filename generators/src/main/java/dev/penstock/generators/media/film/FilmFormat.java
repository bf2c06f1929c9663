package dev.penstock.generators.media.film;

import java.util.Locale;

/// Files that films are delivered as, without dates or other metadata: equal films of equal quality are equal bytes.
public enum FilmFormat {
  /// VP9 and Opus in WebM.
  WEBM("video/webm"),
  /// H.264 and AAC in MP4.
  MP4("video/mp4"),
  /// GIF, 256 colours, for ever repeated; has no sound and no quality.
  GIF("image/gif");

  private final String mediaType;

  FilmFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public static FilmFormat of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public String mediaType() {
    return mediaType;
  }

  public boolean hasSound() {
    return this != GIF;
  }

  /// Takes seconds. Any thread.
  ///
  /// @param quality 1 to 100, more is better and larger
  public byte[] encode(Film film, int quality) {
    return switch (this) {
      case WEBM, MP4 -> new FilmRecorder(this, quality).record(film);
      case GIF -> GifEncoder.encode(film);
    };
  }
}
