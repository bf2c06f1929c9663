package dev.penstock.chaos.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.chaos.cluster.TcpProxy.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A proxy passes bytes on, and breaks connections in the way that its mode says; those that there are, too.
final class TcpProxyTest {

  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void startEcho() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
    proxy = TcpProxy.start(server.getLocalPort());
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      return; // The proxy reset it.
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void passesBytesOnAndBack() throws IOException {
    try (Socket client = connect()) {
      assertThat(answer(client)).isEqualTo('x');
    }
  }

  @Test
  void cutsTheConnectionsThatThereAreAndNewOnes() throws IOException {
    try (Socket client = connect()) {
      answer(client);
      proxy.set(new Mode.Cut());
      assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketException.class);
      try (Socket late = connect()) {
        assertThatThrownBy(() -> answer(late)).isInstanceOf(SocketException.class);
      }
      proxy.set(new Mode.Pass());
      try (Socket healed = connect()) {
        assertThat(answer(healed)).isEqualTo('x');
      }
    }
  }

  @Test
  void silenceIsNoEndAndWhatWasSaidMeanwhileArrivesAfterwards() throws Exception {
    try (Socket client = connect()) {
      answer(client);
      proxy.set(new Mode.Silent());
      client.setSoTimeout(200);
      assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(10_000);
      CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> read(client));
      proxy.set(new Mode.Pass());
      assertThat(heard.get()).isEqualTo('x');
    }
  }

  @Test
  void slowsEachDirection() throws IOException {
    proxy.set(new Mode.Slow(100));
    try (Socket client = connect()) {
      long start = System.nanoTime();
      answer(client);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void answersWithAnHttpStatus() throws IOException {
    proxy.set(new Mode.HttpStatus(500));
    try (Socket client = connect()) {
      client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 500 ");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static int answer(Socket client) throws IOException {
    client.getOutputStream().write('x');
    int answer = client.getInputStream().read();
    if (answer < 0) throw new SocketException("the connection ended");
    return answer;
  }

  private static int read(Socket client) {
    try {
      return client.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
