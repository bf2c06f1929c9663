package dev.penstock.sink;

import dev.penstock.schemas.framing.FramingException;
import dev.penstock.schemas.framing.RegistryUnavailableException;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/// A schema registry in memory that can be switched off.
public final class MemoryRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();
  private volatile boolean isAway;

  public void away(boolean away) {
    isAway = away;
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    int known = schemas.indexOf(schema);
    if (known >= 0) return known + 1;
    schemas.add(schema);
    return schemas.size();
  }

  @Override
  public synchronized Schema byId(int id) {
    if (isAway) throw new RegistryUnavailableException("the registry is switched off", null);
    if (id < 1 || id > schemas.size())
      throw new FramingException("UNKNOWN_SCHEMA_ID", "schema id %d is not known".formatted(id));
    return schemas.get(id - 1);
  }
}
