package dev.penstock.sink.console;

import dev.penstock.runtime.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Where the console listens and who may look.
///
/// @param host a name or address of this machine
/// @param port 0 takes a free one
/// @param token what a visitor has to show; empty asks nothing, which is allowed on loopback only
public record ConsoleSettings(String host, int port, String token) {

  private static final int SHORTEST_TOKEN = 16;

  /// @throws UserError if the host is not known, or needs a token that is missing or too short
  public ConsoleSettings {
    if (token.isEmpty() && !isLoopback(host))
      throw new UserError(
          "console.host is %s, which other machines can reach: set console.token (%d characters or more) or console.host=127.0.0.1"
              .formatted(host, SHORTEST_TOKEN));
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN)
      throw new UserError(
          "console.token has %d characters, allowed are %d or more".formatted(token.length(), SHORTEST_TOKEN));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserError("console.host is '%s', allowed is an address of this machine".formatted(host), e);
    }
  }

  @Override
  public String toString() {
    return "ConsoleSettings[host=%s, port=%d]".formatted(host, port);
  }
}
