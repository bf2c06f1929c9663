package dev.penstock.standalone.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads requests, finds their route and writes the answer or the error as JSON. On loopback only.
final class RegistryServer implements AutoCloseable {

  /// A schema larger than this could not be kept in the topic either.
  static final int MAX_BODY_BYTES = 512 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
  /// Keys in one order, so that the same answer has the same bytes.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final List<Route> routes;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RegistryServer(Port port, List<Route> routes) throws IOException {
    this.routes = routes;
    try {
      this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(Port.HOST), port.resolve()), 64);
    } catch (BindException e) {
      threads.close();
      throw port.inUse(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        send(exchange, 200, answer(exchange));
      } catch (RegistryException e) {
        if (e.status() >= 500) LOG.atError().setCause(e).log("the schema registry cannot answer");
        send(exchange, e.status(), Map.of("error_code", e.code(), "message", String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("the schema registry cannot answer");
        send(exchange, 500, Map.of("error_code", 500, "message", "Internal Server Error"));
      }
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    List<String> path = Route.split(exchange.getRequestURI().getRawPath()).stream().map(RegistryServer::decode).toList();
    boolean pathIsKnown = false;
    for (Route route : routes) {
      Optional<Map<String, String>> values = route.match(path);
      if (values.isEmpty()) continue;
      pathIsKnown = true;
      if (route.method().equals(exchange.getRequestMethod()))
        return route.handler().apply(new Call(values.get(), query(exchange), body(exchange)));
    }
    throw pathIsKnown ? RegistryException.methodNotAllowed() : RegistryException.notFound();
  }

  /// A plus sign stands for itself in a path.
  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RegistryException.malformed("the path is not URL-encoded: " + e.getMessage());
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) return parameters;
    for (String parameter : query.split("&")) {
      String[] nameAndValue = parameter.split("=", 2);
      parameters.put(decode(nameAndValue[0]), nameAndValue.length == 2 ? decode(nameAndValue[1]) : "");
    }
    return parameters;
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) return MissingNode.getInstance();
    // Web pages can post forms and plain text to other people's loopback, but not JSON.
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.contains("json")) throw RegistryException.noJson();
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) throw RegistryException.tooLarge(MAX_BODY_BYTES);
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RegistryException.malformed("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
