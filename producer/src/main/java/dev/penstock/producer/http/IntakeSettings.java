package dev.penstock.producer.http;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Where the intake listens, who may send, and how far back it knows what became of prompts.
///
/// @param host a name or address of this machine
/// @param port 0 takes a free one
/// @param token what a client has to show; empty asks nothing, which is allowed on loopback only
/// @param tenantTokens others, each for the prompts of one tenant
/// @param tenantOpen prompts of one tenant that may be open at once; 0 is no bound
/// @param memory how far back prompts can be asked for
public record IntakeSettings(
    String host, int port, String token, TenantTokens tenantTokens, int tenantOpen, Duration memory) {

  public static final Key<String> HOST =
      Key.text("http.host", "127.0.0.1", "The address the HTTP intake listens at; others than loopback need http.token.");
  public static final Key<Long> PORT =
      Key.number("http.port", 0, 65535, 8091L, "The HTTP intake's port; 0 takes a free one.");
  public static final Key<String> TOKEN =
      Key.secret("http.token", "What a client has to show as Authorization: Bearer; empty asks nothing.");
  public static final Key<String> TENANT_TOKENS =
      Key.secret("http.tenant.tokens", "tenant=token, by comma: who shows the token sends, sees and takes back prompts of that tenant.");
  public static final Key<Long> TENANT_OPEN =
      Key.number("http.tenant.max.open", 0, 5_000, 0L, "Prompts of one tenant that this server may have sent and that have not ended; 0 is no bound.");
  public static final Key<Duration> MEMORY =
      Key.millis("http.memory.ms", 60_000, 86_400_000, 3_600_000, "How far back prompts can be asked for.");

  private static final int SHORTEST_TOKEN = 16;

  /// @throws UserError if the host is not known, or needs a token that is missing or too short
  public IntakeSettings {
    if (token.isEmpty() && tenantTokens.isEmpty() && !isLoopback(host))
      throw new UserError(
          "http.host is %s, which other machines can reach: set http.token (%d characters or more) or http.host=127.0.0.1"
              .formatted(host, SHORTEST_TOKEN));
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN)
      throw new UserError(
          "http.token has %d characters, allowed are %d or more".formatted(token.length(), SHORTEST_TOKEN));
  }

  /// Without tenants.
  public IntakeSettings(String host, int port, String token, Duration memory) {
    this(host, port, token, TenantTokens.NONE, 0, memory);
  }

  /// Every key that the intake knows.
  public static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(SharedKeys.all());
    keys.addAll(List.of(HOST, PORT, TOKEN, TENANT_TOKENS, TENANT_OPEN, MEMORY));
    return keys;
  }

  /// @throws UserError naming the key and what is allowed
  public static IntakeSettings from(Settings settings) {
    return new IntakeSettings(
        settings.get(HOST),
        settings.get(PORT).intValue(),
        settings.get(TOKEN),
        tenantTokens(settings.get(TENANT_TOKENS)),
        settings.get(TENANT_OPEN).intValue(),
        settings.get(MEMORY));
  }

  private static TenantTokens tenantTokens(String text) {
    try {
      return TenantTokens.parse(text, SHORTEST_TOKEN);
    } catch (IllegalArgumentException e) {
      throw new UserError("http.tenant.tokens is tenant=token, by comma, and " + e.getMessage(), e);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserError("http.host is '%s', allowed is an address of this machine".formatted(host), e);
    }
  }

  /// Without the tokens.
  @Override
  public String toString() {
    return "IntakeSettings[host=%s, port=%d, tenants=%s, memory=%s]"
        .formatted(host, port, tenantTokens.tenants().values(), memory);
  }
}
