package dev.penstock.schemas.framing;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/// A registry without a server: ids count from 1 in the order of registration.
final class InMemoryRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public int register(String subject, Schema schema) {
    if (!schemas.contains(schema)) schemas.add(schema);
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public Schema byId(int id) {
    if (id < 1 || id > schemas.size())
      throw new FramingException("UNKNOWN_SCHEMA_ID", "schema id %d is not known to the schema registry".formatted(id));
    return schemas.get(id - 1);
  }
}
