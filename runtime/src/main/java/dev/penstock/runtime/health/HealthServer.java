package dev.penstock.runtime.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.SharedKeys;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Answers probes on loopback: `/health/live` (the process runs), `/health/ready` (200 when it does its work, 503
/// before), `/status` (figures as JSON), `/metrics` (for Prometheus).
public final class HealthServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Answers from now on.
  ///
  /// @param port 0 takes a free one
  /// @param ready asked by any thread, like `status`
  /// @throws UserError if another program listens on the port
  public HealthServer(int port, BooleanSupplier ready, Supplier<Map<String, ?>> status) throws IOException {
    this(port, ready, status, () -> "");
  }

  /// The same with `/metrics`.
  ///
  /// @param metrics in Prometheus' text format; asked by any thread
  public HealthServer(
      int port, BooleanSupplier ready, Supplier<Map<String, ?>> status, Supplier<String> metrics) throws IOException {
    server = listen(port);
    server.setExecutor(threads);
    server.createContext("/health/live", exchange -> answer(exchange, 200, Map.of("status", "live")));
    server.createContext(
        "/health/ready",
        exchange -> {
          boolean isReady = ready.getAsBoolean();
          answer(exchange, isReady ? 200 : 503, Map.of("status", isReady ? "ready" : "not ready"));
        });
    server.createContext("/status", exchange -> answer(exchange, 200, status.get()));
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get().getBytes(UTF_8)));
    server.start();
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    } catch (BindException e) {
      throw new UserError(
          "%s is %d, which another program listens on: stop it, or set another port (0 takes a free one)"
              .formatted(SharedKeys.HEALTH_PORT.name(), port),
          e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int code, Map<String, ?> body) throws IOException {
    answer(exchange, code, "application/json", JSON.writeValueAsBytes(body));
  }

  private static void answer(HttpExchange exchange, int code, String mediaType, byte[] bytes) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
