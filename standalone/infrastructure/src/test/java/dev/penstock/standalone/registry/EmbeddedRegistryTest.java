package dev.penstock.standalone.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.runtime.UserError;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.FramingException;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.IncompatibleSchemaException;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry as its clients see it: ids that last, levels that hold, answers and error codes of Confluent's
/// REST API. Every test has a subject of its own on one broker.
class EmbeddedRegistryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema V1 = schema("{'name':'a','type':'string'}");
  private static final Schema V2 = schema("{'name':'a','type':'string'},{'name':'b','type':'int','default':0}");
  private static final Schema BREAKING = schema("{'name':'a','type':'string'},{'name':'c','type':'int'}");

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  private EmbeddedRegistry registry;

  @BeforeAll
  static void startKafka() throws IOException {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
  }

  @AfterAll
  static void stopKafka() throws IOException {
    kafka.close();
  }

  @BeforeEach
  void start() throws IOException {
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void givesOurClientIdsThatSurviveARestart() throws IOException {
    int first = client().register("restart-value", V1);
    int second = client().register("restart-value", V2);
    registry.register("level-value", V1, CompatibilityLevel.FULL_TRANSITIVE);

    registry.close();
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());

    assertThat(client().byId(first)).isEqualTo(V1);
    assertThat(client().byId(second)).isEqualTo(V2);
    assertThat(client().register("restart-value", V1)).isEqualTo(first);
    assertThat(client().register("new-value", BREAKING)).isGreaterThan(second);
    assertThat(get("/config/level-value").body()).isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
  }

  @Test
  void givesTheSameSchemaTheSameIdUnderEverySubject() throws IOException {
    int id = client().register("one-value", V2);

    assertThat(client().register("other-value", V2)).isEqualTo(id);
    assertThat(get("/schemas/ids/" + id + "/versions").body())
        .contains("{\"subject\":\"one-value\",\"version\":1}", "{\"subject\":\"other-value\",\"version\":1}");
  }

  @Test
  void registersEveryCatalogueSchema() {
    for (Topic topic : Topic.values())
      registry.register(topic.subject(), topic.valueSchema(), CompatibilityLevel.FULL_TRANSITIVE);

    for (Topic topic : Topic.values()) {
      int id = client().register(topic.subject(), topic.valueSchema());
      assertThat(client().byId(id)).isEqualTo(topic.valueSchema());
    }
  }

  @Test
  void refusesASchemaThatWouldBreakReaders() throws IOException {
    client().register("breaking-value", V1);

    assertThatThrownBy(() -> client().register("breaking-value", BREAKING))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(post("/subjects/breaking-value/versions", BREAKING)).satisfies(error(409, 409));
    assertThat(post("/compatibility/subjects/breaking-value/versions/latest", BREAKING).body())
        .isEqualTo("{\"is_compatible\":false}");
    assertThat(post("/compatibility/subjects/breaking-value/versions/1?verbose=true", V2).body())
        .isEqualTo("{\"is_compatible\":true,\"messages\":[]}");
    assertThat(get("/subjects/breaking-value/versions").body()).isEqualTo("[1]");
  }

  @Test
  void takesALevelForOneSubjectAndForAll() throws IOException {
    assertThat(get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
    assertThat(get("/config/free-value")).satisfies(error(404, 40408));
    assertThat(get("/config/free-value?defaultToGlobal=true").body()).contains("BACKWARD");

    assertThat(send("PUT", "/config/free-value", "{\"compatibility\":\"NONE\"}", "application/json").body())
        .isEqualTo("{\"compatibility\":\"NONE\"}");

    client().register("free-value", V1);
    assertThat(post("/subjects/free-value/versions", BREAKING).statusCode()).isEqualTo(200);
    assertThat(send("PUT", "/config", "{\"compatibility\":\"SOME\"}", "application/json")).satisfies(error(422, 42203));
  }

  @Test
  void findsVersionsAndSchemas() throws IOException {
    int id = client().register("found-value", V1);
    client().register("found-value", V2);

    JsonNode latest = JSON.readTree(get("/subjects/found-value/versions/latest?deleted=false").body());
    assertThat(latest.path("version").asInt()).isEqualTo(2);
    assertThat(latest.path("schema").asText()).isEqualTo(V2.toString());
    assertThat(JSON.readTree(post("/subjects/found-value?normalize=true", V1).body()).path("version").asInt()).isOne();
    assertThat(get("/subjects").body()).contains("\"found-value\"");
    assertThat(get("/schemas/ids/" + id + "?subject=found-value").statusCode()).isEqualTo(200);
    assertThat(get("/schemas/types").body()).isEqualTo("[\"AVRO\"]");
    assertThat(get("/").body()).isEqualTo("{}");
  }

  @Test
  void answersWithConfluentsErrorCodes() throws IOException {
    client().register("known-value", V1);

    assertThat(get("/subjects/unknown/versions")).satisfies(error(404, 40401));
    assertThat(get("/subjects/known-value/versions/9")).satisfies(error(404, 40402));
    assertThat(get("/subjects/known-value/versions/nine")).satisfies(error(422, 42202));
    assertThat(get("/schemas/ids/999999")).satisfies(error(404, 40403));
    assertThatThrownBy(() -> client().byId(999999)).isInstanceOf(FramingException.class);
    assertThat(post("/subjects/known-value", V2)).satisfies(error(404, 40403));
    assertThat(send("POST", "/subjects/x/versions", "{\"schema\":\"{}\"}", "application/json"))
        .satisfies(error(422, 42201));
    assertThat(send("POST", "/subjects/x/versions", "{", "application/json")).satisfies(error(400, 400));
    assertThat(get("/associations/resources/x")).satisfies(error(404, 404));
    assertThat(send("DELETE", "/subjects/known-value/versions", "", "application/json")).satisfies(error(405, 405));
  }

  @Test
  void refusesBodiesThatAreTooLargeOrThatAWebPageCouldSend() throws IOException {
    String large = "{\"schema\":\"" + "x".repeat(RegistryServer.MAX_BODY_BYTES) + "\"}";

    assertThat(send("POST", "/subjects/x/versions", large, "application/json")).satisfies(error(413, 413));
    assertThat(send("POST", "/subjects/x/versions", "{}", "text/plain")).satisfies(error(415, 415));
  }

  @Test
  void takesOverATopicThatAnotherRegistryWrote() throws Exception {
    try (var producer = kafka.clients().producer(Map.of())) {
      put(producer, "{\"keytype\":\"NOOP\",\"magic\":0}", null);
      put(
          producer,
          "{\"keytype\":\"SCHEMA\",\"subject\":\"old-value\",\"version\":3,\"magic\":1}",
          "{\"subject\":\"old-value\",\"version\":3,\"id\":4711,\"schema\":\"\\\"bytes\\\"\",\"deleted\":false}");
    }
    registry.close();
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());

    assertThat(client().byId(4711)).isEqualTo(Schema.create(Schema.Type.BYTES));
    assertThat(client().register("old-value", Schema.create(Schema.Type.BYTES))).isEqualTo(4711);
    assertThat(client().register("young-value", Schema.create(Schema.Type.DOUBLE))).isEqualTo(4712);
  }

  @Test
  void namesThePortAndTheKeyWhenThePortIsInUse() {
    Port taken = new Port("registry.port", URI.create(registry.url()).getPort());

    assertThatThrownBy(() -> EmbeddedRegistry.start(kafka.clients(), taken))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("registry.port", Integer.toString(taken.number()));
  }

  private HttpSchemaRegistry client() {
    return new HttpSchemaRegistry(registry.url());
  }

  private static Consumer<HttpResponse<String>> error(int status, int code) {
    return response -> {
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.body()).startsWith("{\"error_code\":" + code + ",\"message\":\"").endsWith("\"}");
    };
  }

  private HttpResponse<String> get(String path) throws IOException {
    return send("GET", path, "", "application/json");
  }

  private HttpResponse<String> post(String path, Schema schema) throws IOException {
    return send("POST", path, JSON.writeValueAsString(Map.of("schema", schema.toString())), "application/json");
  }

  private HttpResponse<String> send(String method, String path, String body, String type) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", type)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void put(
      KafkaProducer<byte[], byte[]> producer, String key, @Nullable String value)
      throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    producer.send(new ProducerRecord<>(SchemaTopic.NAME, 0, key.getBytes(UTF_8), bytes)).get();
  }

  private static Schema schema(String fields) {
    return new Schema.Parser().parse("{'type':'record','name':'R','fields':[%s]}".formatted(fields).replace('\'', '"'));
  }
}
