package dev.penstock.sink;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import java.util.List;

/// What may be set for `penstock sink`.
public final class SinkKeys implements ServiceKeys {

  @Override
  public String service() {
    return "sink";
  }

  @Override
  public List<Key<?>> keys() {
    return SinkSettings.keys();
  }
}
