package dev.penstock.schemas.framing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/// A client of Confluent's schema registry REST API, which Confluent's, Karapace, Redpanda, Apicurio (ccompat)
/// and our embedded registry speak.
public final class HttpSchemaRegistry implements SchemaRegistry {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Registration(String subject, Schema schema) {}

  private final RegistryAccess access;
  private final URI base;
  private final HttpClient http;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

  /// @param url the registry's root, for example `http://127.0.0.1:8081`
  public HttpSchemaRegistry(String url) {
    this(RegistryAccess.at(url));
  }

  /// @throws RegistryRefusedException if the file of its authorities cannot be used
  public HttpSchemaRegistry(RegistryAccess access) {
    this.access = access;
    this.base = access.url();
    this.http = access.client(TIMEOUT);
  }

  @Override
  public int register(String subject, Schema schema) {
    Registration registration = new Registration(subject, schema);
    Integer known = ids.get(registration);
    if (known != null) return known;
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    URI uri = base.resolve("subjects/" + encode(subject) + "/versions");
    HttpResponse<String> response =
        send(request(uri).POST(HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", MEDIA_TYPE));
    int id =
        switch (response.statusCode()) {
          case 200, 201 -> id(response);
          case 409 -> throw new IncompatibleSchemaException(
              "schema registry %s refuses %s for subject %s: %s"
                  .formatted(access, schema.getFullName(), subject, json(response).path("message").asText()));
          // Registering creates the subject: only another kind of server knows no such path.
          case 404, 405 -> throw anotherKind(response);
          default -> throw unexpected(response);
        };
    schemas.put(id, schema);
    ids.put(registration, id);
    return id;
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known != null) return known;
    HttpResponse<String> response = send(request(base.resolve("schemas/ids/" + id)).GET());
    if (response.statusCode() == 404) throw FramingException.unknownSchema(id);
    if (response.statusCode() != 200) throw unexpected(response);
    Schema schema = parse(id, json(response).path("schema").asText());
    schemas.put(id, schema);
    return schema;
  }

  /// Whether it is there, lets us in, and speaks this API.
  ///
  /// @throws RegistryUnavailableException if not
  public void check() {
    HttpResponse<String> response = send(request(base.resolve("subjects")).GET());
    if (response.statusCode() >= 500) throw unexpected(response);
    if (response.statusCode() != 200 || !json(response).isArray()) throw anotherKind(response);
  }

  /// Everything that is registered, in the order of subjects and versions.
  ///
  /// @throws RegistryUnavailableException if it does not answer
  /// @throws FramingException if a schema is not Avro
  public List<RegisteredSchema> all() {
    List<RegisteredSchema> all = new ArrayList<>();
    for (JsonNode subject : found("subjects"))
      for (JsonNode number : found("subjects/" + encode(subject.asText()) + "/versions")) {
        JsonNode version = found("subjects/" + encode(subject.asText()) + "/versions/" + number.asInt());
        int id = version.path("id").asInt();
        all.add(
            new RegisteredSchema(subject.asText(), number.asInt(), id, parse(id, version.path("schema").asText())));
      }
    return all;
  }

  /// Sets which changes of a subject's schema are allowed, for example `FULL_TRANSITIVE`.
  ///
  /// @throws RegistryUnavailableException if it does not answer
  public void setLevel(String subject, String level) {
    String body = JSON.createObjectNode().put("compatibility", level).toString();
    HttpRequest.Builder request = request(base.resolve("config/" + encode(subject))).header("Content-Type", MEDIA_TYPE);
    HttpResponse<String> response = send(request.PUT(HttpRequest.BodyPublishers.ofString(body)));
    if (response.statusCode() != 200) throw unexpected(response);
  }

  private JsonNode found(String path) {
    HttpResponse<String> response = send(request(base.resolve(path)).GET());
    if (response.statusCode() == 404) throw anotherKind(response);
    if (response.statusCode() != 200) throw unexpected(response);
    return json(response);
  }

  private static Schema parse(int id, String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw new FramingException("INCOMPATIBLE_SCHEMA", "schema id %d is not an Avro schema".formatted(id), e);
    }
  }

  private int id(HttpResponse<String> response) {
    JsonNode id = json(response).path("id");
    if (!id.isIntegralNumber()) throw anotherKind(response);
    return id.asInt();
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", MEDIA_TYPE);
    access.authorization().ifPresent(login -> request.header("Authorization", login));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      int status = response.statusCode();
      if (status == 401 || status == 403) throw loginRefused(status);
      return response;
    } catch (SSLException e) {
      throw new RegistryRefusedException(
          "schema registry %s has a certificate that is not accepted (%s): have it renewed, or name its authority with schema.registry.ca"
              .formatted(access, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new RegistryUnavailableException("schema registry %s does not answer: %s".formatted(access, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("interrupted while asking schema registry " + access, e);
    }
  }

  private RegistryRefusedException loginRefused(int status) {
    String who = access.user().isEmpty() ? "a visitor without a login" : "user " + access.user();
    return new RegistryRefusedException(
        "schema registry %s refuses %s (HTTP %d): correct schema.registry.user and schema.registry.password, or have it given the right"
            .formatted(access, who, status),
        null);
  }

  private RegistryRefusedException anotherKind(HttpResponse<String> response) {
    return new RegistryRefusedException(
        "%s answers (HTTP %d), but not as a registry with Confluent's API: schema.registry.url must name its root, with Apicurio .../apis/ccompat/v7"
            .formatted(access, response.statusCode()),
        null);
  }

  private RegistryUnavailableException unexpected(HttpResponse<String> response) {
    return new RegistryUnavailableException(
        "schema registry %s answered HTTP %d".formatted(access, response.statusCode()), null);
  }

  private JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw anotherKind(response);
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }
}
