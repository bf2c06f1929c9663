package dev.penstock.sink;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import dev.penstock.runtime.config.SharedKeys;
import java.util.List;

/// What may be set for `penstock console`: where the database and the object store are, and who may look.
public final class ConsoleKeys implements ServiceKeys {

  @Override
  public String service() {
    return "console";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        SinkSettings.DATABASE_URL,
        SinkSettings.DATABASE_USER,
        SinkSettings.DATABASE_PASSWORD,
        SharedKeys.OBJECT_STORE,
        SinkSettings.CONSOLE_HOST,
        SinkSettings.CONSOLE_PORT,
        SinkSettings.CONSOLE_TOKEN,
        SharedKeys.HEALTH_PORT,
        SharedKeys.START_PATIENCE);
  }
}
