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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/// A client of Confluent's schema registry REST API, which Confluent's, Karapace, Redpanda, Apicurio (ccompat)
/// and our embedded registry speak.
public final class HttpSchemaRegistry implements SchemaRegistry {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Registration(String subject, Schema schema) {}

  private final URI base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

  /// @param url the registry's root, for example `http://127.0.0.1:8081`
  public HttpSchemaRegistry(String url) {
    this.base = URI.create(url.endsWith("/") ? url : url + "/");
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
          case 200, 201 -> json(response).path("id").asInt();
          case 409 -> throw new IncompatibleSchemaException(
              "schema registry %s refuses %s for subject %s: %s"
                  .formatted(base, schema.getFullName(), subject, json(response).path("message").asText()));
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
    if (response.statusCode() == 404)
      throw new FramingException(
          "UNKNOWN_SCHEMA_ID", "schema id %d is not known to the schema registry".formatted(id));
    if (response.statusCode() != 200) throw unexpected(response);
    Schema schema = parse(id, json(response).path("schema").asText());
    schemas.put(id, schema);
    return schema;
  }

  private static Schema parse(int id, String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw new FramingException("INCOMPATIBLE_SCHEMA", "schema id %d is not an Avro schema".formatted(id), e);
    }
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", MEDIA_TYPE);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RegistryUnavailableException("schema registry %s does not answer: %s".formatted(base, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("interrupted while asking schema registry " + base, e);
    }
  }

  private RegistryUnavailableException unexpected(HttpResponse<String> response) {
    return new RegistryUnavailableException(
        "schema registry %s answered HTTP %d".formatted(base, response.statusCode()), null);
  }

  private JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new RegistryUnavailableException("schema registry %s answered no JSON".formatted(base), e);
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }
}
