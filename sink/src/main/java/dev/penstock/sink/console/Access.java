package dev.penstock.sink.console;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may look. With a token: whoever shows it, as `Authorization: Bearer`, as cookie, or once in the address,
/// which turns it into the cookie. Without one the console is on loopback only, and only under loopback's own
/// names: a page elsewhere whose host name was pointed here (DNS rebinding) is turned away.
final class Access {

  private static final String COOKIE = "penstock-console";
  private static final String PARAMETER = "token";
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ConsoleSettings settings;

  Access(ConsoleSettings settings) {
    this.settings = settings;
  }

  /// @throws ForbiddenResponse or UnauthorizedResponse to whoever may not
  void check(Context context) {
    if (settings.token().isEmpty()) requireLocalName(context);
    else requireToken(context);
  }

  private void requireLocalName(Context context) {
    String host = host(context.header("Host"));
    if (host == null || !(LOOPBACK_NAMES.contains(host) || host.equals(settings.host())))
      throw new ForbiddenResponse("This console answers under the names localhost and 127.0.0.1 only.");
  }

  private static @Nullable String host(@Nullable String header) {
    if (header == null) return null;
    try {
      return URI.create("http://" + header).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void requireToken(Context context) {
    if (isToken(bearer(context)) || isToken(context.cookie(COOKIE))) return;
    if (!isToken(context.queryParam(PARAMETER)))
      throw new UnauthorizedResponse("This console needs its token: open it once as /?token=TOKEN, or send Authorization: Bearer TOKEN.");
    Cookie cookie = new Cookie(COOKIE, settings.token());
    cookie.setHttpOnly(true);
    cookie.setPath("/");
    cookie.setSameSite(SameSite.STRICT);
    context.cookie(cookie);
    context.redirect(context.path());
    context.skipRemainingHandlers();
  }

  private static @Nullable String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
  }

  /// In a time that does not depend on how much of it is right.
  private boolean isToken(@Nullable String shown) {
    return shown != null
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8), settings.token().getBytes(StandardCharsets.UTF_8));
  }
}
