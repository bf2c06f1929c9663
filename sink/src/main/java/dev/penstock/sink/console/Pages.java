package dev.penstock.sink.console;

import dev.penstock.sink.gallery.Document;
import dev.penstock.sink.gallery.Html;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the console's pages have in common.
final class Pages {

  private static final Html HEAD =
      new Html(
          """
          <link rel="icon" href="/assets/icon.svg">
          <link rel="stylesheet" href="/assets/gallery.css">
          <script type="module" src="/assets/gallery.js"></script>""");

  private Pages() {}

  /// A page that follows what arrives.
  static Html live(String title, String section, Html main) {
    Html top = Html.join(navigation(section), new Html("<span class=\"live\" role=\"status\">Connecting</span>"));
    return new Document("live", title, HEAD, top, main).html("/");
  }

  /// A page that stands still.
  static Html still(String title, String section, Html main) {
    return new Document("page", title, HEAD, navigation(section), main).html("/");
  }

  static Html sentence(String sentence) {
    return still("Penstock", "", Html.of("<p class=\"empty\"><strong>{}</strong></p>", sentence));
  }

  private static Html navigation(String section) {
    return Html.of("<nav>{}{}</nav>", link("/", "Content", section), link("/outcomes", "Outcomes", section));
  }

  private static Html link(String address, String label, String section) {
    return Html.of(
        "<a href=\"{}\"{}>{}</a>",
        address,
        label.equals(section) ? new Html(" aria-current=\"page\"") : Html.NOTHING,
        label);
  }

  static void send(Context context, Html page) {
    context.contentType("text/html; charset=utf-8").result(page.markup());
  }

  /// A parameter of the address; null where it is missing or empty.
  static @Nullable String parameter(Context context, String name) {
    String value = context.queryParam(name);
    return value == null || value.isBlank() ? null : value;
  }

  /// @throws BadRequestResponse if it is not a number from 1 to `most`
  static int limit(Context context, int usual, int most) {
    String text = parameter(context, "limit");
    if (text == null) return usual;
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most)
      throw new BadRequestResponse("limit is '%s', allowed is 1 to %d".formatted(text, most));
    return Integer.parseInt(text);
  }

  static UUID contentId(Context context) {
    try {
      return UUID.fromString(context.pathParam("id"));
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no content with this id.");
    }
  }
}
