package dev.penstock.sink.objects;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the media types of bodies mean here. Parameters such as `charset` do not matter.
public final class MediaTypes {

  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("image/png", "png"),
          Map.entry("image/jpeg", "jpg"),
          Map.entry("image/webp", "webp"),
          Map.entry("image/gif", "gif"),
          Map.entry("image/avif", "avif"),
          Map.entry("audio/wav", "wav"),
          Map.entry("audio/x-wav", "wav"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/flac", "flac"),
          Map.entry("video/mp4", "mp4"),
          Map.entry("video/webm", "webm"));

  private MediaTypes() {}

  /// Whether a body is text, which stays in the database.
  public static boolean isText(String mediaType) {
    String bare = bare(mediaType);
    return bare.startsWith("text/") || bare.equals("application/json");
  }

  /// The file extension of pictures, sound and video that browsers show; nothing that can carry a script.
  public static Optional<String> extension(String mediaType) {
    return Optional.ofNullable(EXTENSIONS.get(bare(mediaType)));
  }

  /// The type without parameters, in lower case.
  public static String bare(String mediaType) {
    int parameters = mediaType.indexOf(';');
    return (parameters < 0 ? mediaType : mediaType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }
}
