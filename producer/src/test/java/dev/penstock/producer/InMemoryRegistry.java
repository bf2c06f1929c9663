package dev.penstock.producer;

import dev.penstock.schemas.framing.FramingException;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/// A registry without a server: ids count from 1 in the order of registration.
public final class InMemoryRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    if (!schemas.contains(schema)) schemas.add(schema);
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) throw new FramingException("UNKNOWN_SCHEMA_ID", "no schema has id " + id);
    return schemas.get(id - 1);
  }
}
