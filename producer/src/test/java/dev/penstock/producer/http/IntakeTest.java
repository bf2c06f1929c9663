package dev.penstock.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.cli.EchoService;
import dev.penstock.runtime.UserError;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.broker.EmbeddedKafka;
import dev.penstock.standalone.broker.EmbeddedKafkaSettings;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The HTTP intake with a real client, broker and registry, and a stand-in for the generator: what is sent is on the
/// topic once, what becomes of it can be asked for and followed, and mistakes are problem details in one sentence.
class IntakeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registry;
  private static SchemaRegistry schemas;
  private static EchoService service;
  private static Intake intake;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    kafka.clients().createTopics(3, (short) 1);
    registry = EmbeddedRegistry.start(kafka.clients(), Port.free());
    schemas = new HttpSchemaRegistry(registry.url());
    service = new EchoService(kafka.clients(), schemas);
    intake = Intake.start(settings(""), kafka.clients(), schemas);
  }

  @AfterAll
  static void stop() throws Exception {
    intake.close();
    service.close();
    registry.close();
    kafka.close();
  }

  private static IntakeSettings settings(String token) {
    return new IntakeSettings("127.0.0.1", 0, token, Duration.ofHours(1));
  }

  private record Answer(int status, String type, JsonNode json, HttpResponse<String> response) {}

  private static Answer send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Answer(response.statusCode(), type, type.contains("json") ? JSON.readTree(response.body()) : JSON.nullNode(), response);
  }

  private static HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(intake.uri().resolve(path));
  }

  private static Answer post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        at("/v1/prompts").header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    return send(request);
  }

  private static JsonNode ended(String promptId) {
    return await()
        .until(() -> send(at("/v1/prompts/" + promptId)).json(), json -> json.path("state").asText().equals("ENDED"));
  }

  /// Server-sent events until the server ends them.
  private static List<String> events(String promptId, String... headers) throws Exception {
    HttpRequest.Builder request = at("/v1/prompts/" + promptId + "/events");
    if (headers.length > 0) request.headers(headers);
    List<String> events = new ArrayList<>();
    HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    for (String block : response.body().split("\n\n")) if (!block.startsWith(":")) events.add(block);
    return events;
  }

  private static String name(String event) {
    return event.lines().filter(line -> line.startsWith("event: ")).findFirst().orElseThrow().substring(7);
  }

  private static JsonNode data(String event) {
    try {
      return JSON.readTree(event.lines().filter(line -> line.startsWith("data: ")).findFirst().orElseThrow().substring(6));
    } catch (IOException e) {
      throw new AssertionError(event, e);
    }
  }

  @Test
  void aPromptIsTakenAndItsContentCanBeAskedFor() throws Exception {
    Answer taken = post("{\"text\": \"tea for Zoë\", \"orderKey\": \"customer 9\"}");
    String id = taken.json().get("promptId").asText();

    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.json().get("key").asText()).isEqualTo("customer 9");
    assertThat(taken.response().headers().firstValue("Location")).hasValue("/v1/prompts/" + id);
    JsonNode ended = ended(id);
    assertThat(ended.at("/outcome/outcome").asText()).isEqualTo("COMPLETED");
    assertThat(ended.at("/contents/0/text").asText()).isEqualTo("echo: tea for Zoë");
    assertThat(ended.at("/contents/0/contentId").asText()).isEqualTo(Ids.contentId(id, 0));
  }

  @Test
  void whatIsRejectedSaysWhy() throws Exception {
    JsonNode ended = ended(post("{\"text\": \"nonsense\"}").json().get("promptId").asText());
    assertThat(ended.at("/outcome/reason").asText()).isEqualTo("INVALID_PARAMETER");
    assertThat(ended.at("/outcome/message").asText()).isEqualTo("temperature is 9; allowed are 0 to 2");
  }

  /// The stand-in begins an execution, gives it up, and begins another.
  @Test
  void textCanBeFollowedWhileItIsWritten() throws Exception {
    String id = post("{\"text\": \"tea\", \"stream\": true}").json().get("promptId").asText();

    List<String> events = events(id);

    StringBuilder shown = new StringBuilder();
    for (String event : events) {
      if (name(event).equals("begin")) shown.setLength(0);
      if (List.of("begin", "text").contains(name(event))) shown.append(data(event).get("text").asText());
    }
    assertThat(events).extracting(IntakeTest::name).endsWith("content", "outcome");
    // Content is read beside the chunks and may come before the last of them.
    assertThat("echo: tea").startsWith(shown.toString());
    assertThat(data(events.get(events.size() - 2)).get("text").asText()).isEqualTo("echo: tea");
    assertThat(data(events.getLast()).get("outcome").asText()).isEqualTo("COMPLETED");
    assertThat(events.getFirst()).startsWith("id: 1\n");
  }

  @Test
  void aClientThatComesBackGoesOnBehindTheLastEventItSaw() throws Exception {
    String id = post("{\"text\": \"tea again\"}").json().get("promptId").asText();
    List<String> all = events(id);

    assertThat(events(id, "Last-Event-ID", "1")).isEqualTo(all.subList(1, all.size()));
    assertThat(events(id, "Last-Event-ID", String.valueOf(all.size()))).isEqualTo(List.of());
  }

  @Test
  void theSameIdempotencyKeyIsTheSamePromptAndSentOnce() throws Exception {
    String body = "{\"text\": \"tea once\", \"tenant\": \"acme\", \"parameters\": {\"a\": 1, \"b\": 2}}";
    Answer first = post(body, "Idempotency-Key", "order 7");
    Answer second = post(body, "Idempotency-Key", "order 7");
    String id = first.json().get("promptId").asText();

    assertThat(id).isEqualTo(Ids.promptId("acme", "order 7"));
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.json()).isEqualTo(first.json());
    Answer other = post(body.replace("once", "twice"), "Idempotency-Key", "order 7");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().get("detail").asText()).contains("another Idempotency-Key");

    // A server that starts knows what was sent before.
    try (Intake restarted = Intake.start(settings(""), kafka.clients(), schemas)) {
      URI place = restarted.uri().resolve("/v1/prompts/" + id);
      await().until(() -> send(HttpRequest.newBuilder(place)).json().path("state").asText(), "ENDED"::equals);
      HttpRequest.Builder again =
          HttpRequest.newBuilder(restarted.uri().resolve("/v1/prompts"))
              .headers("Content-Type", "application/json", "Idempotency-Key", "order 7")
              .POST(HttpRequest.BodyPublishers.ofString(body));
      assertThat(send(again).status()).isEqualTo(202);
    }
    assertThat(sent(id)).isOne();
  }

  private static int sent(String promptId) {
    int count = 0;
    try (TopicReader<PromptRequested> prompts = TopicReader.ofPrompts(kafka.clients(), schemas, new ReadFrom.Beginning())) {
      while (!prompts.isAtEnd())
        for (var received : prompts.poll(Duration.ofMillis(100)))
          if (promptId.equals(received.value().getPromptId())) count++;
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"text\": \"x\" | 400 | it is no JSON",
        "[1] | 400 | it is no JSON object",
        "{\"txet\": \"x\"} | 400 | 'txet' is no field of a prompt",
        "{} | 400 | text is not set",
        "{\"text\": \"x\", \"variants\": 0} | 400 | variants is '0'",
        "{\"text\": \"x\", \"messages\": [{\"role\": \"user\", \"content\": \"y\"}]} | 400 | set only one of text, messages and template",
      })
  void aMistakeIsAProblemInOneSentence(String body, int status, String detail) throws Exception {
    Answer answer = post(body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.json().get("detail").asText()).contains(detail).endsWith(".");
  }

  @Test
  void whatIsNoPromptAtAllIsRefused() throws Exception {
    assertThat(post("{\"text\": \"" + "x".repeat(300_000) + "\"}").status()).isEqualTo(413);
    assertThat(send(at("/v1/prompts").POST(HttpRequest.BodyPublishers.ofString("{}"))).status()).isEqualTo(415);
    assertThat(post("{\"text\": \"x\"}", "Idempotency-Key", "k".repeat(129)).status()).isEqualTo(400);
    assertThat(post("{\"text\": \"x\", \"promptId\": \"p\"}", "Idempotency-Key", "k").json().get("detail").asText())
        .contains("set one of them");
    assertThat(send(at("/v1/prompts/never-sent")).status()).isEqualTo(404);
    assertThat(send(at("/v1/prompts/never-sent/events")).status()).isEqualTo(404);
    assertThat(send(at("/v2")).type()).startsWith("application/problem+json");
  }

  @Test
  void withATokenOnlyWhoShowsItMaySend() throws Exception {
    String token = "a-token-of-some-length";
    try (Intake guarded = Intake.start(settings(token), kafka.clients(), schemas)) {
      URI place = guarded.uri().resolve("/v1/prompts/p");
      assertThat(send(HttpRequest.newBuilder(place)).status()).isEqualTo(401);
      assertThat(send(HttpRequest.newBuilder(place).header("Authorization", "Bearer wrong")).status()).isEqualTo(401);
      assertThat(send(HttpRequest.newBuilder(place).header("Authorization", "Bearer " + token)).status()).isEqualTo(404);
    }
  }

  @Test
  void aTokenDecidesTheTenantAndItsLimitIsExact() throws Exception {
    TenantTokens tokens = TenantTokens.parse("acme=acme-token-0123456789, umbrella=umbrella-token-01234567", 16);
    IntakeSettings settings = new IntakeSettings("127.0.0.1", 0, "", tokens, 2, Duration.ofHours(1));
    try (Intake guarded = Intake.start(settings, kafka.clients(), schemas)) {
      URI prompts = guarded.uri().resolve("/v1/prompts");
      String first = as("acme", prompts, "{\"text\": \"silence 1\"}").json().get("promptId").asText();
      Answer refused = as("acme", prompts, "{\"text\": \"x\", \"tenant\": \"umbrella\"}");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(as("acme", prompts, "{\"text\": \"silence 2\"}").status()).isEqualTo(202);

      Answer tooMany = as("acme", prompts, "{\"text\": \"silence 3\"}");
      assertThat(tooMany.status()).isEqualTo(429);
      assertThat(tooMany.json().get("detail").asText()).startsWith("2 prompts of tenant acme have not ended");
      assertThat(as("umbrella", prompts, "{\"text\": \"silence\"}").status()).as("has its own").isEqualTo(202);

      URI place = guarded.uri().resolve("/v1/prompts/" + first);
      assertThat(send(bearer("umbrella", place)).status()).as("another's prompt").isEqualTo(404);
      assertThat(send(bearer("umbrella", place).DELETE()).status()).isEqualTo(404);
      assertThat(send(bearer("acme", place)).status()).isEqualTo(200);
      assertThat(send(HttpRequest.newBuilder(place)).status()).isEqualTo(401);
      assertThat(sentBy(first)).isEqualTo("acme");
    }
  }

  private static HttpRequest.Builder bearer(String tenant, URI place) {
    String token = tenant.equals("acme") ? "acme-token-0123456789" : "umbrella-token-01234567";
    return HttpRequest.newBuilder(place).header("Authorization", "Bearer " + token);
  }

  private static Answer as(String tenant, URI prompts, String body) throws Exception {
    return send(
        bearer(tenant, prompts).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String sentBy(String promptId) {
    try (TopicReader<PromptRequested> prompts = TopicReader.ofPrompts(kafka.clients(), schemas, new ReadFrom.Beginning())) {
      while (!prompts.isAtEnd())
        for (var received : prompts.poll(Duration.ofMillis(100)))
          if (promptId.equals(received.value().getPromptId())) return received.value().getTenant();
    }
    return "nobody";
  }

  @Test
  void aTenantsTokenThatIsMissingOrTooShortIsNamedWithoutIt() {
    assertThatThrownBy(() -> TenantTokens.parse("acme=short", 16))
        .hasMessage("the token of acme has 5 characters, allowed are 16 or more");
    assertThatThrownBy(() -> TenantTokens.parse("acme", 16)).hasMessageContaining("no tenant=token");
    assertThat(TenantTokens.parse("acme=acme-token-0123456789", 16).toString()).doesNotContain("token-0");
  }

  @Test
  void beyondLoopbackItNeedsAToken() {
    assertThatThrownBy(() -> new IntakeSettings("0.0.0.0", 0, "", Duration.ofHours(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("set http.token");
    assertThatThrownBy(() -> settings("short")).isInstanceOf(UserError.class).hasMessageContaining("16 or more");
    assertThat(settings("a-token-of-some-length").toString()).doesNotContain("a-token");
  }

  /// A page elsewhere whose host name was pointed at this machine.
  @Test
  void withoutATokenOtherHostNamesAreTurnedAway() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", intake.uri().getPort())) {
      socket.getOutputStream().write("GET /v1/prompts/p HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void takingBackPutsACancellationWhereThePromptIs() throws Exception {
    String id = post("{\"text\": \"silence\", \"orderKey\": \"customer 9\"}").json().get("promptId").asText();

    Answer answer = send(at("/v1/prompts/" + id + "?reason=too+late").DELETE());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("state").asText()).isEqualTo("WAITING");
    var cancellation = cancellations().getLast();
    assertThat(cancellation.key()).isEqualTo("customer 9".getBytes(UTF_8));
    assertThat(cancellation.partition()).isEqualTo(PromptKey.partition("customer 9".getBytes(UTF_8), 3));
    CancellationRequested value =
        new AvroDeserializer<CancellationRequested>(schemas, Topic.CANCELLATIONS).deserialize(cancellation.value());
    assertThat(value).extracting("promptId", "reason").containsExactly(id, "too late");
  }

  @Test
  void whatHasEndedIsNotTakenBack() throws Exception {
    String id = post("{\"text\": \"tea that is there\"}").json().get("promptId").asText();
    ended(id);
    int before = cancellations().size();
    Answer answer = send(at("/v1/prompts/" + id).DELETE());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/outcome/outcome").asText()).isEqualTo("COMPLETED");
    assertThat(cancellations()).hasSize(before);
    assertThat(send(at("/v1/prompts/never-sent").DELETE()).status()).isEqualTo(404);
  }

  private static List<ConsumerRecord<byte[], byte[]>> cancellations() {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < 3; i++) partitions.add(new TopicPartition(Topic.CANCELLATIONS.topicName(), i));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p)))
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
    }
    return all;
  }
}
