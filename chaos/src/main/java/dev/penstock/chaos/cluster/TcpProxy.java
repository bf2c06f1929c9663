package dev.penstock.chaos.cluster;

import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes connections on to a port of this machine, in the way that its [Mode] says. A change of mode holds for the
/// connections that there are. Any thread may call any method.
public final class TcpProxy implements AutoCloseable {

  /// How bytes are passed on.
  public sealed interface Mode {

    /// As they come.
    record Pass() implements Mode {}

    /// Connections are reset, and new ones as soon as they are made.
    record Cut() implements Mode {}

    /// Every piece of up to 16 KiB waits this long, in each direction.
    record Slow(int millis) implements Mode {}

    /// Nothing moves, and nobody is told: connections stay, new ones are taken and hear nothing. What was sent
    /// meanwhile moves on afterwards.
    record Silent() implements Mode {}

    /// Connections are reset; new ones get an HTTP answer of this status.
    record HttpStatus(int code) implements Mode {}
  }

  private static final int PIECE = 16 << 10;

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private Mode mode = new Mode.Pass();
  private boolean isClosed;

  private TcpProxy(int target, ServerSocket server) {
    this.target = target;
    this.server = server;
  }

  /// Listens on a free port of loopback from now on; nothing need listen at the target yet.
  public static TcpProxy start(int target) {
    return start(target, Port.free().resolve());
  }

  /// Listens on this port of loopback.
  static TcpProxy start(int target, int port) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByName(Port.HOST), port));
      TcpProxy proxy = new TcpProxy(target, server);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public synchronized void set(Mode mode) {
    this.mode = mode;
    notifyAll();
    if (mode instanceof Mode.Cut || mode instanceof Mode.HttpStatus) open.forEach(TcpProxy::reset);
  }

  private synchronized Mode mode() {
    return mode;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try {
      switch (mode()) {
        case Mode.Cut cut -> reset(client);
        case Mode.HttpStatus(int code) -> answer(client, code);
        case Mode.Pass pass -> connect(client);
        case Mode.Slow slow -> connect(client);
        case Mode.Silent silent -> {
          awaitSound();
          connect(client);
        }
      }
    } catch (IOException | InterruptedException e) {
      reset(client); // Nothing listens at the target, or the client is gone: the client sees a reset.
    }
  }

  private void connect(Socket client) throws IOException {
    Socket upstream = new Socket(InetAddress.getByName(Port.HOST), target);
    open.add(upstream);
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    Thread.ofVirtual().start(() -> pump(client, upstream));
    Thread.ofVirtual().start(() -> pump(upstream, client));
  }

  /// Until one side ends; the other is ended with it.
  private void pump(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try {
      while (true) {
        int count = from.getInputStream().read(piece);
        if (count < 0) break;
        if (mode() instanceof Mode.Slow(int millis)) Thread.sleep(millis);
        awaitSound();
        to.getOutputStream().write(piece, 0, count);
      }
      from.close();
      to.close();
    } catch (IOException | InterruptedException e) {
      reset(from); // Whichever side failed, the other hears of it as it would without a proxy.
      reset(to);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private synchronized void awaitSound() throws InterruptedException {
    while (mode instanceof Mode.Silent && !isClosed) wait();
  }

  private void answer(Socket client, int code) throws IOException {
    client.setSoTimeout(5_000);
    int read = client.getInputStream().read(new byte[PIECE]);
    String answer = "HTTP/1.1 %d Chaos\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".formatted(code);
    if (read > 0) client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    open.remove(client);
    client.close();
  }

  /// Closes it so that the other side gets a reset, not an orderly end.
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      return; // It was closed already.
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(TcpProxy::reset);
  }
}
