package dev.penstock.producer.http;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may send. With tokens: whoever shows one, which may also decide the tenant. Without one the intake is on loopback only, and only under loopback's
/// own names, so that no page elsewhere reaches it through a host name that was pointed here (DNS rebinding).
record Access(IntakeSettings settings) {

  private static final String TENANT = "tenant";
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /// @throws Problem 401 or 403 to whoever may not
  void check(Context context) {
    if (settings.token().isEmpty() && settings.tenantTokens().isEmpty()) {
      requireLocalName(context);
      return;
    }
    String header = context.header("Authorization");
    String tenant = tenant(header);
    if (tenant != null) context.attribute(TENANT, tenant);
    else if (!isToken(header)) {
      context.header("WWW-Authenticate", "Bearer");
      throw new Problem(401, "This server needs its token: send Authorization: Bearer TOKEN.");
    }
  }

  /// Whose token was shown; null if the token, or the lack of one, says nothing about tenants.
  static @Nullable String tenantOf(Context context) {
    return context.attribute(TENANT);
  }

  private @Nullable String tenant(@Nullable String header) {
    if (header == null || !header.startsWith(BEARER)) return null;
    return settings.tenantTokens().tenantOf(header.substring(BEARER.length()));
  }

  private void requireLocalName(Context context) {
    String host = host(context.header("Host"));
    if (host == null || !(LOOPBACK_NAMES.contains(host) || host.equals(settings.host())))
      throw new Problem(403, "This server answers under the names localhost and 127.0.0.1 only.");
  }

  private static @Nullable String host(@Nullable String header) {
    if (header == null) return null;
    try {
      return URI.create("http://" + header).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Takes the same time however much of it is right.
  private boolean isToken(@Nullable String header) {
    if (settings.token().isEmpty() || header == null || !header.startsWith(BEARER)) return false;
    return MessageDigest.isEqual(
        header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
        settings.token().getBytes(StandardCharsets.UTF_8));
  }
}
