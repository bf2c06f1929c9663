package dev.penstock.sink.console;

import io.javalin.http.Context;

/// What browsers are told so that nothing a prompt or a model wrote can run, load, or be framed.
final class ResponseHeaders {

  private static final String PAGE_POLICY =
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String BODY_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

  private ResponseHeaders() {}

  /// For every answer.
  static void secure(Context context) {
    context.header("Content-Security-Policy", PAGE_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
  }

  /// For a generated body, which never changes: even opened by itself it may do nothing.
  static void secureBody(Context context, String sha256) {
    context.header("Content-Security-Policy", BODY_POLICY);
    context.header("Cache-Control", "private, max-age=31536000, immutable");
    context.header("ETag", "\"" + sha256 + "\"");
  }
}
