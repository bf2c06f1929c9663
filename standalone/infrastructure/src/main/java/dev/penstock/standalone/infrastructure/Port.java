package dev.penstock.standalone.infrastructure;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A port on loopback as the settings ask for it.
///
/// @param key the setting that says so, for messages
/// @param number 1 to 65535; 0 takes a free one
public record Port(String key, int number) {

  /// The address that every embedded part listens on.
  public static final String HOST = "127.0.0.1";

  // Free ports are taken below those that operating systems hand to outgoing connections (32768 on Linux), which
  // could otherwise take one between the choice and the use.
  private static final int FIRST_FREE = 20_000;
  private static final int FIRST_EPHEMERAL = 32_000;
  private static final int TRIES = 100;

  public Port {
    if (number < 0 || number > 65535)
      throw new UserError("%s is %d, allowed is 0 to 65535 (0 takes a free port)".formatted(key, number));
  }

  public static Port free() {
    return new Port("port", 0);
  }

  public boolean isFree() {
    return number == 0;
  }

  /// The port `steps` further up; a free one stays free.
  public Port plus(int steps) {
    return isFree() ? this : new Port(key, number + steps);
  }

  /// The number to listen on.
  ///
  /// @throws UserError if a fixed port is taken
  public int resolve() {
    return resolveAll(List.of(this)).getFirst();
  }

  /// The numbers to listen on, all different. Another program may take one before it is used; whoever listens
  /// there has to try again with others.
  ///
  /// @throws UserError if a fixed port is taken
  public static List<Integer> resolveAll(List<Port> ports) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Port port : ports) held.add(port.bind());
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      held.forEach(Port::release);
    }
  }

  private ServerSocket bind() {
    for (int attempt = 0; isFree() && attempt < TRIES; attempt++) {
      ServerSocket socket = open(ThreadLocalRandom.current().nextInt(FIRST_FREE, FIRST_EPHEMERAL));
      if (socket != null) return socket;
    }
    ServerSocket socket = open(number);
    if (socket == null) throw inUse(null);
    return socket;
  }

  /// @return null if something listens there
  private static @Nullable ServerSocket open(int number) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), number));
        return socket;
      } catch (BindException e) {
        socket.close();
        return null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What to say when something else listens here.
  public UserError inUse(@Nullable Exception cause) {
    return new UserError(
        "port %d on %s is in use by another program: stop it, or set %s to another port (0 takes a free one)"
            .formatted(number, HOST, key),
        cause);
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
