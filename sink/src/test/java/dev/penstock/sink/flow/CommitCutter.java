package dev.penstock.sink.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// A TCP proxy in front of PostgreSQL. The first commit after content was inserted reaches the server, but its
/// answer does not come back: the connection ends instead. Everything else passes.
final class CommitCutter implements AutoCloseable {

  private final ServerSocket server;
  private final AtomicBoolean hasCut = new AtomicBoolean();
  private int target;

  CommitCutter() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /// Lets connections to `port` through.
  ///
  /// @return where to connect instead
  int open(int port) {
    target = port;
    Thread.ofVirtual().start(this::accept);
    return server.getLocalPort();
  }

  boolean hasCut() {
    return hasCut.get();
  }

  private void accept() {
    try {
      while (true) pass(server.accept());
    } catch (IOException e) {
      if (!server.isClosed()) throw new UncheckedIOException(e);
    }
  }

  private void pass(Socket client) throws IOException {
    Socket postgres = new Socket(InetAddress.getLoopbackAddress(), target);
    AtomicBoolean isMuted = new AtomicBoolean();
    Thread.ofVirtual().start(() -> forth(client, postgres, isMuted));
    Thread.ofVirtual().start(() -> back(postgres, client, isMuted));
  }

  private void forth(Socket client, Socket postgres, AtomicBoolean isMuted) {
    boolean hasInserted = false;
    byte[] buffer = new byte[1 << 16];
    try (client; postgres; InputStream in = client.getInputStream()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        String sent = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        hasInserted |= sent.contains("insert into content");
        if (hasInserted && sent.contains("COMMIT") && hasCut.compareAndSet(false, true)) isMuted.set(true);
        postgres.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // The other direction closed the sockets.
    }
  }

  private static void back(Socket postgres, Socket client, AtomicBoolean isMuted) {
    byte[] buffer = new byte[1 << 16];
    try (client; postgres; InputStream in = postgres.getInputStream()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (isMuted.get()) return;
        client.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // The other direction closed the sockets.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
