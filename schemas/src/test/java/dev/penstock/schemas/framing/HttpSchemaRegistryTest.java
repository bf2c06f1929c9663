package dev.penstock.schemas.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The registry's client asks once for each schema and each id, and tells apart what no waiting mends from what may be
/// mended later.
class HttpSchemaRegistryTest {

  private static final Schema SCHEMA = Topic.PROMPTS.valueSchema();
  private static final String SUBJECT = Topic.PROMPTS.subject();

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = "{\"id\": 12}";
  private HttpServer server;
  private HttpSchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/registry/", this::respond);
    server.start();
    registry = new HttpSchemaRegistry("http://127.0.0.1:" + server.getAddress().getPort() + "/registry");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void aSchemaIsRegisteredOnceUnderItsSubject() throws IOException {
    assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(12);
    assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(12);

    assertThat(requests).hasSize(1);
    String[] request = requests.getFirst().split(" ", 3);
    assertThat(request[0] + " " + request[1])
        .isEqualTo("POST /registry/subjects/penstock.prompts.v1-value/versions");
    String sent = new ObjectMapper().readTree(request[2]).get("schema").textValue();
    assertThat(new Schema.Parser().parse(sent)).isEqualTo(SCHEMA);
    assertThat(registry.byId(12)).isEqualTo(SCHEMA);
    assertThat(requests).hasSize(1);
  }

  @Test
  void anIdIsAskedForOnce() throws IOException {
    answer = new ObjectMapper().writeValueAsString(Map.of("schema", SCHEMA.toString()));

    assertThat(registry.byId(12)).isEqualTo(SCHEMA);
    assertThat(registry.byId(12)).isEqualTo(SCHEMA);

    assertThat(requests).containsExactly("GET /registry/schemas/ids/12 ");
  }

  @Test
  void anIncompatibleSchemaIsToldWithTheRegistrysReason() {
    status = 409;
    answer = "{\"error_code\": 409, \"message\": \"field budget has no default\"}";

    assertThatThrownBy(() -> registry.register(SUBJECT, SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContainingAll(SUBJECT, "PromptRequested", "field budget has no default");
  }

  @Test
  void anUnknownIdAndAnIdThatIsNoAvroAreTheRecordsFault() {
    status = 404;
    answer = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    assertThatThrownBy(() -> registry.byId(99))
        .isInstanceOfSatisfying(FramingException.class, e -> assertThat(e.reason()).isEqualTo("UNKNOWN_SCHEMA_ID"))
        .hasMessage("schema id 99 is not known to the schema registry");

    status = 200;
    answer = "{\"schema\": \"syntax = proto3;\"}";
    assertThatThrownBy(() -> registry.byId(98))
        .isInstanceOfSatisfying(FramingException.class, e -> assertThat(e.reason()).isEqualTo("INCOMPATIBLE_SCHEMA"));
  }

  @Test
  void aRegistryInTroubleIsNotTheRecordsFault() {
    status = 500;
    assertThatThrownBy(() -> registry.byId(12))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("answered HTTP 500");
    assertThatThrownBy(() -> registry.register(SUBJECT, SCHEMA)).isInstanceOf(RegistryUnavailableException.class);

    status = 200;
    answer = "<html>";
    assertThatThrownBy(() -> registry.byId(12))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("but not as a registry with Confluent's API");

    server.stop(0);
    assertThatThrownBy(() -> registry.byId(12))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("does not answer");
  }

  @Test
  void aFailureIsNotRemembered() {
    status = 503;
    assertThatThrownBy(() -> registry.register(SUBJECT, SCHEMA)).isInstanceOf(RegistryUnavailableException.class);

    status = 200;
    assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(12);
  }

  @Test
  void theLoginOpensARegistryThatAsksForOne() throws IOException {
    HttpServer guarded = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    guarded.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean known = "Basic bWU6d29yZA==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(known ? 200 : 401, 2);
            exchange.getResponseBody().write(new byte[] {'[', ']'});
          }
        });
    guarded.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + guarded.getAddress().getPort());
      new HttpSchemaRegistry(new RegistryAccess(url, "me", "word", "")).check();
      assertThatThrownBy(() -> new HttpSchemaRegistry(new RegistryAccess(url, "me", "guess", "")).check())
          .isInstanceOf(RegistryRefusedException.class);
    } finally {
      guarded.stop(0);
    }
  }
}
