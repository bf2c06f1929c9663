package dev.penstock.standalone.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.avro.Schema;

/// A request that a route takes.
///
/// @param path the values of the route's placeholders
/// @param query the query's parameters
/// @param body the JSON body; a missing node if there is none
record Call(Map<String, String> path, Map<String, String> query, JsonNode body) {

  String subject() {
    return path.getOrDefault("subject", "");
  }

  int id() {
    String text = path.getOrDefault("id", "");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw RegistryException.notFound();
    }
  }

  boolean isSet(String parameter) {
    return "true".equals(query.get(parameter));
  }

  /// The body's schema.
  ///
  /// @throws RegistryException if it is not one, or is of a kind that is not supported
  Schema schema() {
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) throw RegistryException.invalidSchema("type %s, allowed is AVRO".formatted(type));
    if (!body.path("references").isEmpty())
      throw RegistryException.invalidSchema("references are not supported, send the schema as one text");
    if (!body.path("schema").isTextual()) throw RegistryException.invalidSchema("the member \"schema\" must be a text");
    return SchemaText.parse(body.path("schema").asText());
  }
}
