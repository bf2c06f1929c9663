package dev.penstock.standalone;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import java.util.List;

/// What may be set for `penstock up`: the keys of every service in it, and where its own broker, registry and database
/// listen and lie.
public final class StandaloneServiceKeys implements ServiceKeys {

  @Override
  public String service() {
    return "up";
  }

  @Override
  public List<Key<?>> keys() {
    return StandaloneKeys.all();
  }
}
