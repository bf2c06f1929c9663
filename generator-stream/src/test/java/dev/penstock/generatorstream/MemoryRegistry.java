package dev.penstock.generatorstream;

import dev.penstock.schemas.framing.FramingException;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/// A registry without a server.
final class MemoryRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    if (!schemas.contains(schema)) schemas.add(schema);
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size())
      throw new FramingException("UNKNOWN_SCHEMA_ID", "schema id %d is not known to the schema registry".formatted(id));
    return schemas.get(id - 1);
  }
}
