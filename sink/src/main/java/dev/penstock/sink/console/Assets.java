package dev.penstock.sink.console;

import dev.penstock.sink.gallery.Document;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;

/// Style, script and icon of the pages.
final class Assets {

  private Assets() {}

  static void send(Context context) {
    context.header("Cache-Control", "no-cache");
    switch (context.pathParam("name")) {
      case "gallery.css" -> context.contentType("text/css; charset=utf-8").result(Document.STYLE);
      case "gallery.js" -> context.contentType("text/javascript; charset=utf-8").result(Document.SCRIPT);
      case "icon.svg" -> context.contentType("image/svg+xml").result(Document.ICON);
      default -> throw new NotFoundResponse("There is no such file.");
    }
  }
}
