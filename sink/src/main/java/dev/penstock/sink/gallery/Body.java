package dev.penstock.sink.gallery;

import dev.penstock.sink.objects.MediaTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A body on a page: text as text, pictures, sound and video by the browser's own elements, anything else as a
/// link that downloads.
///
/// @param inline the text, if the body is text and short enough to be in the record
/// @param address where the browser finds it
/// @param description for people who cannot see it
record Body(String mediaType, @Nullable ByteBuffer inline, String address, String description) {

  private static final int SHORT = 80;
  private static final int LONG = 160;

  Html show() {
    String bare = MediaTypes.bare(mediaType);
    boolean isShown = MediaTypes.extension(bare).isPresent();
    if (inline != null && MediaTypes.isText(bare)) return Html.of("<p class=\"words\" dir=\"auto\">{}</p>", text(inline));
    if (isShown && bare.startsWith("image/"))
      return Html.of("<img src=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">", address, description);
    if (isShown && bare.startsWith("audio/"))
      return Html.of("<audio src=\"{}\" title=\"{}\" controls preload=\"none\"></audio>", address, description);
    if (isShown && bare.startsWith("video/"))
      return Html.of(
          "<video src=\"{}\" title=\"{}\" controls loop muted playsinline preload=\"auto\"></video>", address, description);
    return Html.of("<a class=\"download\" href=\"{}\" download>Download {}</a>", address, bare);
  }

  /// The style sheet's word for how long a text is: the shorter, the larger it is set.
  String length() {
    if (inline == null || inline.remaining() > LONG) return " long";
    return inline.remaining() <= SHORT ? " short" : "";
  }

  private static String text(ByteBuffer utf8) {
    return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
  }
}
