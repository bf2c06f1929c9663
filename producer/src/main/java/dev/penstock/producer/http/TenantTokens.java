package dev.penstock.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tokens that decide whose prompts a client sends, sees and takes back.
///
/// @param tenants by token
record TenantTokens(Map<String, String> tenants) {

  static final TenantTokens NONE = new TenantTokens(Map.of());

  TenantTokens {
    tenants = Map.copyOf(tenants);
  }

  /// @param text `tenant=token`, by comma
  /// @throws IllegalArgumentException saying what is wrong, without a token
  static TenantTokens parse(String text, int shortest) {
    Map<String, String> tenants = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      if (pair.isBlank()) continue;
      int equals = pair.indexOf('=');
      if (equals < 1) throw new IllegalArgumentException("one of its parts is no tenant=token");
      String tenant = pair.substring(0, equals).strip();
      String token = pair.substring(equals + 1).strip();
      if (token.length() < shortest)
        throw new IllegalArgumentException(
            "the token of %s has %d characters, allowed are %d or more".formatted(tenant, token.length(), shortest));
      if (tenants.put(token, tenant) != null) throw new IllegalArgumentException("two tenants have the same token");
    }
    return new TenantTokens(tenants);
  }

  boolean isEmpty() {
    return tenants.isEmpty();
  }

  /// Takes the same time for every token that is none of these.
  ///
  /// @return null if the token is nobody's
  @Nullable String tenantOf(String token) {
    String found = null;
    byte[] shown = token.getBytes(UTF_8);
    for (var known : tenants.entrySet())
      if (MessageDigest.isEqual(shown, known.getKey().getBytes(UTF_8))) found = known.getValue();
    return found;
  }

  /// Without the tokens.
  @Override
  public String toString() {
    return "TenantTokens" + tenants.values();
  }
}
